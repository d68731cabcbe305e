"""The questions of a candidate on one page, and the small forms of the staff's page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.statuses import Language
from core.text import LocalText, pick
from grants.models import ExpertCandidate
from grants.queries.experts import candidate_version
from questionnaires.forms import SectionForm
from questionnaires.models import QuestionnaireVersion
from questionnaires.queries.asked import asked


@dataclass(frozen=True)
class CandidateForms:
    """One form for each section, all on one page; nothing of it is required before it is sent."""

    version: QuestionnaireVersion
    titles: list[LocalText]
    forms: list[SectionForm]

    @classmethod
    def of(cls, candidate: ExpertCandidate | None, data: Any) -> Self | None:
        """With what is kept, or what was typed; None where staff ask nothing now. Two queries."""
        version = candidate.answer_set.version if candidate else candidate_version()
        if version is None:
            return None
        answers = candidate.answer_set.values() if candidate else {}
        found = asked(version.content, answers)
        sections = version.content["sections"]
        made = [
            SectionForm(data, section=found.on_page(place), answers=answers, found=found, prefix=None)
            for place in range(len(sections))
        ]
        return cls(version, [pick(section["title"]) for section in sections], made)

    def __iter__(self) -> Iterator[tuple[LocalText, SectionForm]]:
        return zip(self.titles, self.forms, strict=True)

    def is_valid(self) -> bool:
        """Every section is read, so that every fault stands beside its field."""
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong

    def answers(self) -> dict[str, Any]:
        """key -> what was typed and is right."""
        return {key: value for form in self.forms for key, value in form.answers().items()}


class InviteExpertForm(forms.Form):
    """Whom to invite, in which language."""

    email = forms.EmailField(label=_("e-mail"), max_length=254)
    language = forms.ChoiceField(label=_("language of the letter"), choices=Language.choices)
