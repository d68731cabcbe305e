"""Every state and choice of the funds app."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from funds.formulas.pace import Verdict


class InvestmentStatus(models.TextChoices):
    """An investment's life; exits and write-offs come with the deal issue."""

    ACTIVE = "active", _("Active")
    PARTIALLY_REALISED = "partially_realised", _("Partially realised")
    EXITED = "exited", _("Exited")
    WRITTEN_OFF = "written_off", _("Written off")
    RECOVERED = "recovered", _("Recovered")


class Instrument(models.TextChoices):
    """What the fund gives money for."""

    EQUITY = "equity", _("Equity")
    PREFERRED = "preferred", _("Preferred equity")
    CONVERTIBLE_NOTE = "convertible_note", _("Convertible note")
    SAFE = "safe", _("SAFE")
    LOAN = "loan", _("Loan")
    REVENUE_SHARE = "revenue_share", _("Revenue share")
    ROYALTY = "royalty", _("Royalty")
    FILM_SLATE = "film_slate", _("Film slate")


class EntryKind(models.TextChoices):
    """Kinds of ledger rows; the money issue adds kinds, not a second book. The sign is fixed by the kind."""

    DISBURSEMENT = "disbursement", _("Paid to a project")
    PROCEEDS = "proceeds", _("Received from a project")


MONEY_OUT = frozenset({EntryKind.DISBURSEMENT})

# What a verdict of the pace says: a short word for the status, and the sentence beside it.
VERDICT_WORDS = {
    Verdict.REACHED: (_("Target reached"), _("The fund has as many projects as it promised.")),
    Verdict.MISSED: (_("Term over"), _("The term is over and the target was not reached.")),
    Verdict.NOT_BEGUN: (_("Not begun"), _("The term of the fund has not begun yet.")),
    Verdict.AHEAD: (_("Ahead of the pace"), _("There are more projects than an even pace brings by today.")),
    Verdict.ON_PACE: (_("On pace"), _("There are as many projects as an even pace brings by today.")),
    Verdict.BEHIND: (_("Behind the pace"), _("There are fewer projects than an even pace brings by today.")),
}
VERDICT_TONE = {
    Verdict.REACHED: "good",
    Verdict.MISSED: "bad",
    Verdict.NOT_BEGUN: "neutral",
    Verdict.AHEAD: "good",
    Verdict.ON_PACE: "good",
    Verdict.BEHIND: "wait",
}
