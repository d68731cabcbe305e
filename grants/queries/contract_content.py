"""What stands on a contract: the template's paragraphs filled from the award, tables, parties; then the PDF from that.

`contract_inputs` is plain JSON, kept with the contract; `contract_pdf` draws from it alone, so that the same inputs
give the same bytes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import BankAccount
from core.canonical import plain
from core.pdf import render_pdf
from core.templatetags.words import iban, long_date, money
from grants.formulas.contract_text import fill
from grants.models import Award, ContractParagraph, ContractTemplate, PlanVersion, Signatory
from grants.queries.award_plans import read_plan
from grants.statuses import IndicatorUnit, ParagraphKind, Placeholder

WHEN_FIRST = _("After the contract is signed by both sides and the papers and bank details are checked")
WHEN_LATER = _("After the report for the tranche before is accepted")
TABLES = (ParagraphKind.BUDGET, ParagraphKind.MILESTONES, ParagraphKind.TRANCHES, ParagraphKind.INDICATORS)
BOTH = ("kk", "ru")  # every paper of the contract stands in both, side by side
Cell = dict[str, str]


def contract_inputs(
    award: Award,
    *,
    plan: PlanVersion,
    template: ContractTemplate,
    signatory: Signatory,
    account: BankAccount,
    tranches: Sequence[tuple[int, Decimal]],
    number: str,
    at: datetime,
    sign_due_at: datetime,
) -> dict[str, Any]:
    """The whole content, in both languages."""
    values = {language: _values(award, plan, signatory, account, language) for language in BOTH}
    for language in BOTH:
        with translation.override(language):
            values[language] |= {"number": number, "date": long_date(at), "sign_until": long_date(sign_due_at)}
    tables = _tables(award, plan, tranches) | {ParagraphKind.PARTIES: _parties(values)}
    rows = [_row(paragraph, values, tables) for paragraph in template.paragraphs.all()]
    return plain(
        {
            "title": f"{number} · {award.application.number}",
            "number": number,
            "award": award.public_id,
            "plan": plan.number,
            "template": template.pk,
            "is_example": template.is_example,
            "made_at": at,
            "paragraphs": rows,
        }
    )


def contract_pdf(inputs: dict[str, Any]) -> bytes:
    """The PDF; its date is the moment of making, so it never differs."""
    with translation.override("kk"):
        words = {"from": str(_("Contract")), "foot": inputs["title"], "side_words": _side_words()}
        words["example"] = _both(_("An invented example: a lawyer reads it before it is used."))
        return render_pdf("contract", {**inputs, **words}, at=datetime.fromisoformat(inputs["made_at"]))


def _side_words() -> list[Cell]:
    return [_both(_("Signature")), _both(_("Date"))]


def _both(word: Promise | str) -> Cell:
    """Our own lazy word in both languages."""
    found = {}
    for language in BOTH:
        with translation.override(language):
            found[language] = str(word)
    return found


def _same(text: Any) -> Cell:
    return dict.fromkeys(BOTH, str(text))


def _amount(amount: Decimal, currency: str) -> Cell:
    with translation.override("kk"):
        return _same(money(amount, currency))


def _day(day: Any) -> Cell:
    found = {}
    for language in BOTH:
        with translation.override(language):
            found[language] = long_date(day)
    return found


def _texts(row: Any, name: str = "title") -> Cell:
    return {language: getattr(row, f"{name}_{language}") for language in BOTH}


def _values(
    award: Award, plan: PlanVersion, signatory: Signatory, account: BankAccount, language: str
) -> dict[str, str]:
    """What the placeholders stand for, but for those of the contract itself."""
    application, organisation = award.application, award.application.organisation
    read = read_plan(plan)
    with translation.override(language):
        last = max((row.due_on for row in read.milestones), default=None)
        named: dict[str, Any] = {
            Placeholder.AMOUNT: money(award.amount, award.currency),
            Placeholder.OWN_AMOUNT: money(read.own, award.currency),
            Placeholder.PROJECT: application.title,
            Placeholder.CALL: getattr(application.call, f"title_{language}"),
            Placeholder.APPLICATION: application.number,
            Placeholder.ENDS_ON: long_date(last),
            Placeholder.ORGANISATION: organisation.name,
            Placeholder.IDENTIFIER: organisation.identifier or "—",
            Placeholder.HEAD: organisation.head_name or organisation.name,
            Placeholder.ADDRESS: organisation.address or "—",
            Placeholder.BANK: account.bank_name,
            Placeholder.IBAN: iban(account.iban),
            Placeholder.BIC: account.bic,
            Placeholder.SIGNATORY: signatory.name,
            Placeholder.POSITION: getattr(signatory, f"position_{language}"),
            Placeholder.BASIS: getattr(signatory, f"basis_{language}"),
        }
    return {str(name): str(value) for name, value in named.items()}


def _row(paragraph: ContractParagraph, values: dict[str, Any], tables: dict[str, Any]) -> dict[str, Any]:
    if paragraph.kind in tables:
        return {"kind": str(paragraph.kind), **tables[paragraph.kind]}
    texts = {language: fill(getattr(paragraph, f"text_{language}"), values[language]) for language in BOTH}
    return {"kind": str(paragraph.kind), **texts}


def _table(heads: Iterable[Cell], rows: Iterable[Sequence[Cell]], numbers: Sequence[int]) -> dict[str, Any]:
    """`numbers`: the columns that stand to the right."""
    return {"heads": list(heads), "rows": [list(row) for row in rows], "numbers": list(numbers)}


def _tables(award: Award, plan: PlanVersion, tranches: Sequence[tuple[int, Decimal]]) -> dict[str, Any]:
    return {
        ParagraphKind.BUDGET: _budget(plan, award.currency),
        ParagraphKind.MILESTONES: _milestones(plan),
        ParagraphKind.TRANCHES: _tranches(tranches, award.currency),
        ParagraphKind.INDICATORS: _indicators(award),
    }


def _budget(plan: PlanVersion, currency: str) -> dict[str, Any]:
    read = read_plan(plan)
    heads = (_both(_("What is paid for")), _both(_("Category")), _both(_("From the grant")), _both(_("Own money")))
    rows = [
        (
            _same(row.item),
            _texts(row.line.category) if row.line.category else _same("—"),
            _amount(row.grant_amount, currency),
            _amount(row.own_amount, currency),
        )
        for row in read.lines
        if row.grant_amount or row.own_amount
    ]
    whole = (_both(_("Together")), _same(""), _amount(read.grant, currency), _amount(read.own, currency))
    return _table(heads, [*rows, whole], (2, 3))


def _milestones(plan: PlanVersion) -> dict[str, Any]:
    heads = (_both(_("What is done")), _both(_("By")), _both(_("What proves it")))
    rows = [(_same(row.title), _day(row.due_on), _same(row.proof or "—")) for row in read_plan(plan).milestones]
    return _table(heads, rows, ())


def _tranches(tranches: Sequence[tuple[int, Decimal]], currency: str) -> dict[str, Any]:
    heads = (_both(_("Tranche")), _both(_("Percent")), _both(_("Amount")), _both(_("When it is paid")))
    rows = [
        (_same(n), _same(f"{percent} %"), _amount(amount, currency), _both(WHEN_FIRST if n == 1 else WHEN_LATER))
        for n, (percent, amount) in enumerate(tranches, start=1)
    ]
    return _table(heads, rows, (1, 2))


def _indicators(award: Award) -> dict[str, Any]:
    heads = (_both(_("Indicator")), _both(_("At the award")), _both(_("Promised")))
    rows = []
    for row in award.indicators.select_related("indicator"):
        is_money = row.indicator.unit == IndicatorUnit.MONEY
        values = [
            _amount(value, award.currency) if is_money else _same(value) for value in (row.baseline, row.promised)
        ]
        rows.append((_texts(row.indicator), *values))
    return _table(heads, rows, (1, 2))


def _parties(values: dict[str, dict[str, str]]) -> dict[str, Any]:
    """The two sides with what each needs; the signatures stand below."""
    kk = values["kk"]
    centre = [{language: values[language]["position"] for language in BOTH}, _same(kk["signatory"])]
    grantee = [_same(kk[name]) for name in ("organisation", "identifier", "head", "address", "bank", "iban", "bic")]
    sides = [{"head": _same("Almaty Creative"), "lines": centre}, {"head": _both(_("The grantee")), "lines": grantee}]
    return {"sides": sides}


def example_inputs(template: ContractTemplate, values: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    """A preview of a template: tables without rows; placeholders that `values` lacks stay as they are typed."""
    nothing: dict[Any, Any] = {"heads": [_both(_("Filled from the award"))], "rows": [], "numbers": []}
    tables = dict.fromkeys(TABLES, nothing) | {ParagraphKind.PARTIES: _parties(values)}
    rows = []
    for paragraph in template.paragraphs.all():
        known = {language: _Typed(values[language]) for language in BOTH}
        rows.append(_row(paragraph, known, tables))
    return plain({"title": template.title, "made_at": at, "is_example": template.is_example, "paragraphs": rows})


class _Typed(dict[str, str]):
    """What is not on the list stays as it was typed."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
