"""Forms made from a version's JSON: the shape of input for each kind of question."""

from questionnaires.forms.fields import as_typed, field_for, to_json
from questionnaires.forms.section import PREFIX, Row, SectionForm

__all__ = ["PREFIX", "Row", "SectionForm", "as_typed", "field_for", "to_json"]
