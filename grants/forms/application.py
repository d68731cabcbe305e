"""What an applicant types: the facts of the project, the answers to the call's questions, one document."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import District, Organisation, Sector
from core.forms import MoneyInput, typed_amount
from core.templatetags.words import number
from documents.forms import UploadsField
from grants.formulas import amounts
from grants.models import Application
from grants.queries.asked import questions_asked
from grants.queries.completeness import FACTS, asked_facts, fact_column, limits_of, outside_limits, own_share_too_small
from questionnaires.forms import PREFIX, SectionForm
from questionnaires.queries.answers import changed_questions, given_answers

TOO_LONG = _("Too long: %(show_value)d characters, at most %(limit_value)d fit. Nothing was lost, shorten it here.")
NOT_OF_CALL = _("Choose from the list.")


class OrganisationChoice(forms.Form):
    """For whom the person applies, when they may act for several organisations."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        to_field_name="public_id",
        label=_("Who applies?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who applies."), "invalid_choice": NOT_OF_CALL},
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class FactsForm(forms.Form):
    """The project in six facts. Nothing is required in a draft; what is typed must be right."""

    title = forms.CharField(
        label=_("Project title"), max_length=200, help_text=_("Short, as it would stand on a poster.")
    )
    summary = forms.CharField(
        label=_("The project in short"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two or three sentences: what you make, for whom, what the grant changes. Up to 300 characters."),
    )
    sector = forms.ModelChoiceField(Sector.objects.none(), label=_("Creative sector"), empty_label=_("Choose"))
    district = forms.ModelChoiceField(
        District.objects.all(), label=_("District of Almaty where you work"), empty_label=_("Choose")
    )
    amount_requested = MoneyInput(label=_("How much do you ask for, tenge?"))
    own_amount = MoneyInput(
        label=_("Own money in the project, tenge"),
        min_value=0,
        error_messages={"min_value": _("Own money cannot be less than nothing. Enter 0 or more.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        application: Application,
        only: set[str] | None = None,
        is_alone: bool = False,
        **kwargs: Any,
    ) -> None:
        self.application = application
        self.is_alone = is_alone  # one field of a queue: how it fits the others is told after it is kept
        self.limits = limits_of(application.call)
        super().__init__(data, initial=facts_of(application), **kwargs)
        for name in FACTS:
            if (only is not None and name not in only) or name not in asked_facts(application):
                del self.fields[name]
        self._fit_to_call()

    def _fit_to_call(self) -> None:
        for field in self.fields.values():
            field.required = False
            field.error_messages.update({"max_length": TOO_LONG, "invalid_choice": NOT_OF_CALL})
        if "sector" in self.fields:
            self.fields["sector"].queryset = self.application.call.sectors.all()  # type: ignore[attr-defined]
        for name in {"sector", "district"} & self.fields.keys():
            self.fields[name].choices = listed(self.fields[name])  # type: ignore[attr-defined,arg-type]
        if "amount_requested" in self.fields:
            self.fields["amount_requested"].help_text = _("From %(smallest)s to %(largest)s.") % {
                "smallest": number(whole(self.limits.smallest)),
                "largest": number(whole(self.limits.largest)),
            }
        if "own_amount" in self.fields:
            self.fields["own_amount"].help_text = _("At least %(percent)s%% of the whole project.") % {
                "percent": self.limits.own_share_percent
            }

    def clean(self) -> dict[str, Any]:
        """The limits of the call, with the sentence beside the amount that does not fit."""
        typed = super().clean() or {}
        asked, own = self._amount("amount_requested", typed), self._amount("own_amount", typed)
        if asked is not None and "amount_requested" in typed and not amounts.amount_in_limits(asked, self.limits):
            self.add_error("amount_requested", outside_limits(self.limits))
        elif self._own_is_too_small(asked, own):
            name = "own_amount" if "own_amount" in self.fields else "amount_requested"
            self.add_error(name, own_share_too_small(asked, self.limits))
        return typed

    def _own_is_too_small(self, asked: Decimal | None, own: Decimal | None) -> bool:
        """Whether both are there and do not meet; a single field saved by itself is not held against the other."""
        return (
            not self.is_alone
            and bool(asked)
            and own is not None
            and not amounts.own_share_is_enough(asked or Decimal(0), own, self.limits)
        )

    def _amount(self, name: str, typed: dict[str, Any]) -> Decimal | None:
        """What was typed; where the field is not asked for, what stands in the application."""
        return typed.get(name) if name in self.fields else getattr(self.application, name)

    def values(self) -> dict[str, Any]:
        """What `edit_application` takes: the facts that were typed and are right."""
        return {"facts": {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}}


def listed(field: forms.ModelChoiceField) -> Callable[[], list[tuple[Any, str]]]:
    """The choices of a short list, read when they are shown: in one statement, where Django opens a cursor."""
    rows = field.queryset
    assert rows is not None  # both are given theirs above
    return lambda: [("", str(field.empty_label)), *((row.pk, field.label_from_instance(row)) for row in rows)]


def facts_of(application: Application) -> dict[str, Any]:
    """The facts as the form shows them: amounts grouped, as a person would write them."""
    facts = {
        name: getattr(application, fact_column(name).attname) for name in ("title", "summary", "sector", "district")
    }
    for name in ("amount_requested", "own_amount"):
        amount = getattr(application, name)
        facts[name] = "" if amount is None else typed_amount(amount)
    return facts


def whole(amount: Decimal) -> Decimal:
    """Without the tiyn where there are none."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount


class QuestionsForm(SectionForm):
    """The questions of one section of an application, or those of them that are named."""

    def __init__(self, *args: Any, section: dict[str, Any], only: set[str] | None = None, **kwargs: Any) -> None:
        questions = [q for q in section["questions"] if only is None or PREFIX + q["key"] in only]
        super().__init__(*args, section={**section, "questions": questions}, file_url=answer_file_url, **kwargs)

    def values(self) -> dict[str, Any]:
        """What `edit_application` takes."""
        return {"answers": self.answers()}


def questions_form(application: Application, position: int, data: Any = None, files: Any = None) -> QuestionsForm:
    """The form of one section with what is asked now and what a fix has changed. Two queries, some more for files."""
    answers = given_answers(application.answer_set)
    found = questions_asked(application, answers)
    changed = changed_questions(application.answer_set)
    section = found.on_page(position)
    return QuestionsForm(data, files, section=section, answers=answers, found=found, changed=changed)


def answer_file_url(public_id: str) -> str:
    """Where a file that answers a question is read."""
    return reverse("grants:answer_file", args=[public_id])


class DocumentForm(forms.Form):
    """Files for one field: `photos_name` is what the PDF of several photos is called.

    `sent_by` names the form element that sends them, where the input stands outside of it.
    """

    file = UploadsField(label=_("Choose files"))

    def __init__(self, *args: Any, photos_name: str, sent_by: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].photos_name = photos_name  # type: ignore[attr-defined]
        if sent_by:
            self.fields["file"].widget.attrs["form"] = sent_by
