"""Cards that an applicant fills in: one form for each budget line and each milestone, all of a page together.

A card's inputs are named `line_<public id>-item`: the same name and object that the autosave sends. Nothing is
required in a draft; what is typed must be right. What is right is kept even where another input is wrong.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import MoneyInput
from core.identifiers import check_bin
from core.public_id import make_public_id
from core.refusals import Overtaken
from core.templatetags.words import NBSP, long_date
from grants.actions.plan import CARD_ID, MOST_LINES
from grants.forms.application import TOO_LONG
from grants.models import Application, BudgetCategory, BudgetLine, Milestone
from grants.queries.budget import plain
from grants.queries.plan import milestone_words

LATEST = timedelta(days=5 * 366)  # after closing: a later year is a slip of the finger
NEGATIVE = _("Less than nothing cannot be. Enter 0 or more.")
TOO_LARGE = _("Too many digits: at most %(max)s before the comma fit.")


def amount_input(**kwargs: Any) -> MoneyInput:
    """An amount of at most twelve digits and two after the comma."""
    errors = {
        "min_value": NEGATIVE,
        "max_whole_digits": TOO_LARGE,
        "max_digits": TOO_LARGE % {"max": 12},
        "max_decimal_places": _("At most two digits after the comma."),
    }
    return MoneyInput(min_value=0, max_digits=14, required=False, error_messages=errors, **kwargs)


class QuantityInput(MoneyInput):
    """How many: «3», «0,5», «1 200»; more than nothing."""

    default_error_messages = {"invalid": _("Enter a number, for example 3 or 0,5. Letters are not needed.")}

    def __init__(self, **kwargs: Any) -> None:
        errors = {
            "min_value": _("Enter a number above 0."),
            "max_whole_digits": TOO_LARGE,
            "max_digits": TOO_LARGE % {"max": 8},
            "max_decimal_places": _("At most two digits after the comma."),
        }
        super().__init__(min_value=Decimal("0.01"), max_digits=10, error_messages=errors, **kwargs)


class CardForm(forms.Form):
    """One card: its public id, the revision it began from, what is wrong with it, and a version of somebody else."""

    kind: str

    def __init__(self, data: Any, *, public_id: str, rev: int, row: Any = None, number: int = 1) -> None:
        self.public_id, self.row, self.number = public_id, row, number
        self.rev = _revision(data, f"rev_{self.kind}_{public_id}", rev)
        self.overtaken: Overtaken | None = None
        self.read: Any = None
        super().__init__(data, prefix=f"{self.kind}_{public_id}", initial=self.initial_of(row) if row else None)
        for name, field in self.fields.items():
            field.required = False
            field.error_messages["max_length"] = TOO_LONG
            field.widget.attrs["data-card-input"] = name

    @property
    def name(self) -> str:
        """As the autosave names it."""
        return f"{self.kind}_{self.public_id}"

    @property
    def is_blank(self) -> bool:
        """A new card of which nothing was typed: it is not saved."""
        names = [name for name, field in self.fields.items() if not isinstance(field, forms.BooleanField)]
        return self.row is None and not any(str(self[name].value() or "").strip() for name in names)

    def initial_of(self, row: Any) -> dict[str, Any]:
        """The row as inputs show it."""
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """The columns that were typed and are right."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}


def _revision(data: Any, name: str, rev: int) -> int:
    """What the page was drawn from, as the browser says; a revision that is no number is the oldest one."""
    if data is None:
        return rev
    typed = data.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


class LineForm(CardForm):
    """One budget line."""

    kind = "line"
    category = forms.ChoiceField(label=_("Category"), error_messages={"invalid_choice": _("Choose from the list.")})
    item = forms.CharField(label=_("What is paid for"), max_length=200)
    quantity = QuantityInput(label=_("Quantity"))
    unit_price = amount_input(label=_("Price of one, tenge"))
    has_vat = forms.BooleanField(label=_("The price includes VAT"), initial=True)
    grant_amount = amount_input(label=_("From the grant, tenge"))
    own_amount = amount_input(label=_("Own money, tenge"))
    supplier_identifier = forms.CharField(
        label=_("Supplier's BIN (IIN of a sole proprietor)"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, categories: list[BudgetCategory], is_short: bool = False, **how: Any) -> None:
        self.categories = {category.key: category for category in categories}
        super().__init__(data, **how)
        choices = [(category.key, str(category.title)) for category in categories]
        self.fields["category"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]
        if is_short and not (self.row and self.row.supplier_identifier):
            del self.fields["supplier_identifier"]
        self.is_short = is_short
        self.hint = supplier_hint(self.row.supplier_identifier) if self.row else ""

    def initial_of(self, row: BudgetLine) -> dict[str, Any]:
        """Amounts grouped, as people write them; the category by its key."""
        amounts = ("quantity", "unit_price", "grant_amount", "own_amount")
        return {
            "category": row.category.key if row.category else "",
            "item": row.item,
            "has_vat": row.has_vat,
            "supplier_identifier": row.supplier_identifier,
            **{name: grouped(getattr(row, name)) for name in amounts},
        }

    def clean_category(self) -> BudgetCategory | None:
        """The row behind the key."""
        return self.categories.get(self.cleaned_data["category"])

    def clean_supplier_identifier(self) -> str:
        """Twelve digits with a right check digit; whether it is a BIN or an IIN never refuses."""
        typed = self.cleaned_data["supplier_identifier"].strip()
        if not typed:
            return ""
        found = check_bin(typed, today=clock.today())
        if found.error == "format":
            raise ValidationError(_("A BIN or IIN has exactly 12 digits. Check what was typed."), code="format")
        if not found.ok:
            raise ValidationError(
                _("There is no such BIN or IIN: its last digit does not fit the others. Compare it with the invoice."),
                code="checksum",
            )
        return found.value


def supplier_hint(identifier: str) -> Any:
    """A word about a number that is right and may still be the wrong one; never a refusal."""
    if identifier and "looks_like_iin" in check_bin(identifier, today=clock.today()).warnings:
        return _("This is an IIN. It is right where the supplier is a sole proprietor; a company has a BIN.")
    return ""


def grouped(value: Decimal | None) -> str:
    """«2 500 000» and «0,5»: what MoneyInput understands in every language."""
    if value is None:
        return ""
    return f"{plain(value):,}".replace(",", NBSP).replace(".", ",")


class MilestoneForm(CardForm):
    """One milestone."""

    kind = "milestone"
    title = forms.CharField(label=_("What is done"), max_length=200)
    due_on = forms.DateField(
        label=_("By which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Enter a day that exists, for example 31.03.2027.")},
    )
    proof = forms.CharField(label=_("What proves it"), max_length=200)

    def __init__(self, data: Any, *, closes_at: Any, **how: Any) -> None:
        self.closes_on = timezone.localtime(closes_at).date()
        super().__init__(data, **how)
        self.theirs = f"{self.row.title} · {milestone_words(self.row)}" if self.row else ""

    def initial_of(self, row: Milestone) -> dict[str, Any]:
        """The row as it is."""
        return {"title": row.title, "due_on": row.due_on, "proof": row.proof}

    def clean_due_on(self) -> Any:
        """After the call has closed, and not in a year that nobody meant."""
        day = self.cleaned_data["due_on"]
        if day and day <= self.closes_on:
            raise ValidationError(
                _("The call closes on %(date)s, the work is done later. Enter a later day.")
                % {"date": long_date(self.closes_on)},
                code="too_early",
            )
        if day and day > self.closes_on + LATEST:
            raise ValidationError(_("This day is more than five years away. Check the year."), code="too_late")
        return day


class Cards:
    """Every card of one page, in the order of the page; what a colleague added meanwhile stands behind."""

    def __init__(self, kind: str, rows: Iterable[Any], data: Any, make: Callable[..., Any], most: int) -> None:
        self.kind = kind
        kept = {row.public_id: row for row in rows}
        ids = list(kept) or [make_public_id()]
        posted = [one for one in data.getlist(kind) if CARD_ID.fullmatch(one)][:most] if data is not None else []
        self.cards: list[Any] = []
        for public_id in dict.fromkeys([*posted, *(ids if data is None else kept)]):
            row, bound = kept.get(public_id), data if data is None or public_id in posted else None
            how = {"public_id": public_id, "rev": row.rev if row else 0, "row": row, "number": len(self.cards) + 1}
            self.cards.append(make(bound, **how))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.cards)

    def show(self, reads: Mapping[str, Any]) -> None:
        """Gives each card what was read of its row (sums and what is wrong), by public id."""
        for card in self.cards:
            card.read = reads.get(card.public_id)

    def to_save(self) -> list[Any]:
        """The cards that were posted and of which something was typed."""
        return [card for card in self.cards if card.is_bound and not card.is_blank]

    def is_valid(self) -> bool:
        """Whether everything that was typed is right (each card is asked, so that each shows its errors)."""
        found = [card.is_valid() and card.overtaken is None for card in self.to_save()]
        return all(found)

    def wrong(self) -> list[Any]:
        """The cards with something to mend."""
        return [card for card in self.to_save() if card.errors or card.overtaken]


def line_cards(rows: Iterable[BudgetLine], categories: list[BudgetCategory], data: Any, is_short: bool) -> Cards:
    """The budget lines of a page; `rows` have their category at hand."""

    def make(bound: Any, **how: Any) -> LineForm:
        return LineForm(bound, categories=categories, is_short=is_short, **how)

    return Cards("line", rows, data, make, MOST_LINES)


def milestone_cards(application: Application, rows: Iterable[Milestone], data: Any) -> Cards:
    """The milestones of a page."""

    def make(bound: Any, **how: Any) -> MilestoneForm:
        return MilestoneForm(bound, closes_at=application.call.closes_at, **how)

    return Cards("milestone", rows, data, make, application.call.milestones_max)


def card_from_wire(application: Application, name: str, typed: dict[str, Any]) -> CardForm:
    """The bound form of one card that the autosave sends: `line_<id>` or `milestone_<id>` with its inputs by name.

    Raises ValueError for a name that is no card. Inputs that are not in `typed` are not among its `values`.
    """
    kind, _sep, public_id = name.partition("_")
    if kind not in ("line", "milestone") or not CARD_ID.fullmatch(public_id):
        raise ValueError(f"not a card: {name}")
    data = {f"{name}-{key}": value for key, value in typed.items()}
    how: dict[str, Any] = {"public_id": public_id, "rev": 0}
    form: CardForm
    if kind == "line":
        form = LineForm(data, categories=list(application.call.budget_categories.all()), **how)
    else:
        form = MilestoneForm(data, closes_at=application.call.closes_at, **how)
    for key in set(form.fields) - set(typed):
        del form.fields[key]
    return form
