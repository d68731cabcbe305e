"""The named fields of a correction as one page: facts, questions, documents, and nothing else."""

from collections.abc import Iterator
from typing import Any

from documents.actions.check import CheckedUpload
from grants.forms.application import DocumentForm, FactsForm, QuestionsForm
from grants.models import Application, DocumentRequirement
from grants.queries.asked import questions_asked
from grants.queries.fields import card_labels
from questionnaires.forms import PREFIX
from questionnaires.queries.answers import given_answers


class CorrectionForms:
    """Plan and budget have pages of their own (`cards`).

    One facts form, one form per section that has a named question, one upload per named document."""

    def __init__(self, application: Application, fields: set[str], data: Any, files: Any) -> None:
        self.facts = FactsForm(data, application=application, only=fields)
        self.cards = [(name, label) for name, label in card_labels(application).items() if name in fields]
        self.questions = list(_question_forms(application, fields, data, files))
        named = [r for r in application.call.requirements.all() if f"doc_{r.key}" in fields]
        given = list(application.documents.select_related("document")) if named else []
        self.documents = [
            (r, [row for row in given if row.requirement_id == r.pk], _document_form(r, data, files)) for r in named
        ]

    def all(self) -> list[Any]:
        """Every form of the page."""
        return [self.facts, *self.questions, *(form for _requirement, _given, form in self.documents)]

    def is_valid(self) -> bool:
        """Whether everything that was typed is right (each form is asked, so that each shows its errors)."""
        answers = [form.is_valid() for form in self.all()]
        return all(answers)

    def values(self) -> dict[str, Any]:
        """What `edit_application` takes."""
        answers: dict[str, Any] = {}
        for form in self.questions:
            answers.update(form.values()["answers"])
        return {"facts": self.facts.values()["facts"], "answers": answers}

    def uploads(self) -> Iterator[tuple[DocumentRequirement, list[CheckedUpload]]]:
        """The files that were chosen and are right."""
        for requirement, _given, form in self.documents:
            if form.cleaned_data.get("file"):
                yield requirement, form.cleaned_data["file"]


def _document_form(requirement: DocumentRequirement, data: Any, files: Any) -> DocumentForm:
    form = DocumentForm(data, files, prefix=requirement.key, photos_name=requirement.title)
    form.fields["file"].required = False
    return form


def _question_forms(application: Application, fields: set[str], data: Any, files: Any) -> Iterator[QuestionsForm]:
    answers = given_answers(application.answer_set)
    found = questions_asked(application, answers)
    for position, _section, _questions in found.sections():
        section = found.on_page(position)
        if any(PREFIX + question["key"] in fields for question in section["questions"]):
            yield QuestionsForm(data, files, section=section, answers=answers, found=found, only=fields)
