"""A call for applications."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Sector
from committees.models import Committee
from core import clock
from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from core.text import Localized
from documents.models import Order
from grants import policy
from grants.models.programme import ProgrammeYear
from grants.statuses import PUBLIC_CALLS, CallStatus, RanksBy
from questionnaires.models import Questionnaire, QuestionnaireVersion


def vat_percent_on(day: date) -> int:
    """The rate of VAT in force on a day (settings.VAT_PERCENT_FROM)."""
    return settings.VAT_PERCENT_FROM[max(since for since in settings.VAT_PERCENT_FROM if since <= day.isoformat())]


def vat_percent_today() -> int:
    """The rate of the day on which a call is prepared."""
    return vat_percent_on(clock.today())


class CallQuerySet(models.QuerySet["Call"]):
    """Words about calls."""

    def visible_to(self, user: Any) -> Self:
        """Published ones to everybody; drafts to those who run calls."""
        return self if policy.may_see_call_drafts(user) else self.public()

    def public(self) -> Self:
        """Every call that has been published."""
        return self.filter(status__in=PUBLIC_CALLS)

    def open(self) -> Self:
        """Published, and the server clock stands between opening and closing."""
        now = clock.now()
        return self.filter(status=CallStatus.PUBLISHED, opens_at__lte=now, closes_at__gte=now)

    def closed(self) -> Self:
        """Published and past closing: in screening, review or decision."""
        return self.filter(status=CallStatus.PUBLISHED, closes_at__lt=clock.now())

    def with_lifted_matches(self) -> Self:
        """With `lifted_count`: how many matches of address, phone or e-mail two persons lifted; shown in public."""
        from grants.models.conflict import Conflict  # a conflict names an application, that a call

        lifted = Conflict.objects.filter(application__call=models.OuterRef("pk"), lifted_at__isnull=False)
        counted = lifted.order_by().values("application__call").annotate(n=models.Count("pk")).values("n")
        return self.annotate(lifted_count=Coalesce(models.Subquery(counted), 0))


class Call(models.Model):
    """A call: texts in three languages, dates, limits, criteria, documents, questions.

    Publishing compiles its rules (CallRules) and pins a questionnaire version. Open and closed follow the server
    clock: the last moment is `closes_at` itself.
    """

    public_id = PublicIdField()
    programme_year = models.ForeignKey(
        ProgrammeYear, models.PROTECT, related_name="calls", verbose_name=_("programme year")
    )
    status = models.CharField(
        _("status"), max_length=12, choices=CallStatus.choices, default=CallStatus.DRAFT, editable=False
    )
    title_kk = models.CharField(_("title in Kazakh"), max_length=200)
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    summary_kk = models.TextField(_("in short, in Kazakh"), max_length=600)
    summary_ru = models.TextField(_("in short, in Russian"), max_length=600)
    summary_en = models.TextField(_("in short, in English"), max_length=600, blank=True)
    rules_kk = models.TextField(_("rules in Kazakh"))
    rules_ru = models.TextField(_("rules in Russian"))
    rules_en = models.TextField(_("rules in English"), blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectors"))
    min_amount = MoneyField(_("smallest amount"))
    max_amount = MoneyField(_("largest amount"))
    currency = CurrencyField()
    own_share_percent = models.PositiveSmallIntegerField(_("own share, percent of the whole project"), default=10)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark, of 100"), default=60)
    reviews_needed = models.PositiveSmallIntegerField(_("reviews for each application"), default=3)
    review_working_days = models.PositiveSmallIntegerField(_("working days for a review"), default=15)
    correction_working_days = models.PositiveSmallIntegerField(_("working days for a correction"), default=3)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, verbose_name=_("questionnaire"))
    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, null=True, editable=False, related_name="+"
    )
    asks_budget = models.BooleanField(_("asks for a budget by lines"), default=False)
    asks_milestones = models.BooleanField(_("asks for milestones"), default=False)
    milestones_min = models.PositiveSmallIntegerField(_("fewest milestones"), default=3)
    milestones_max = models.PositiveSmallIntegerField(_("most milestones"), default=8)
    vat_percent = models.PositiveSmallIntegerField(_("VAT, percent"), default=vat_percent_today)
    supplier_over = MoneyField(
        _("the supplier's BIN is asked for lines over"), default=Decimal(500_000), validators=[MinValueValidator(0)]
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("minutes of grace for a page that was open at closing"), default=10
    )
    allows_foreign = models.BooleanField(_("applicants from other countries may apply"), default=False)
    allows_minors = models.BooleanField(_("minors may apply with a guardian's consent"), default=False)
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("order that announced it")
    )
    experts_order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("order of the experts")
    )
    commission = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="calls", verbose_name=_("commission")
    )
    observers_needed = models.PositiveSmallIntegerField(_("observers needed at a meeting"), default=0)
    is_blind = models.BooleanField(_("experts do not see the applicant until they have scored"), default=False)
    load_min = models.PositiveSmallIntegerField(_("fewest applications for an expert"), default=0)
    load_max = models.PositiveSmallIntegerField(_("most applications for an expert"), default=60)
    extra_review_over = models.PositiveSmallIntegerField(_("spread that asks for one more expert, points"), default=25)
    ranks_by = models.CharField(_("the score that ranks"), max_length=8, choices=RanksBy.choices, default=RanksBy.RAW)
    adjusted_from = models.PositiveSmallIntegerField(_("reviews from which severity is adjusted"), default=60)
    allows_partial = models.BooleanField(_("less than asked may be awarded at the funding line"), default=False)
    partial_percent = models.PositiveSmallIntegerField(_("smallest part of what was asked, percent"), default=50)
    held_back_percent = models.PositiveSmallIntegerField(_("held back until appeals are answered, percent"), default=0)
    appeal_working_days = models.PositiveSmallIntegerField(_("working days to appeal"), default=5)
    appeal_answer_working_days = models.PositiveSmallIntegerField(_("working days to answer an appeal"), default=10)
    appeal_commission = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("appeal commission")
    )
    offer_working_days = models.PositiveSmallIntegerField(_("working days to accept an award"), default=10)
    sign_working_days = models.PositiveSmallIntegerField(_("working days to sign the contract"), default=10)
    # Since when the share that was held back may be spent: appeals are over (grants/actions/holding.py).
    held_back_freed_at = models.DateTimeField(_("held back until"), null=True, editable=False)
    is_example = models.BooleanField(
        _("invented example"), default=False, help_text=_("Shown as «an invented example» wherever the call stands.")
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    cancelled_reason_kk = models.TextField(_("public reason of cancelling, in Kazakh"), blank=True, editable=False)
    cancelled_reason_ru = models.TextField(_("public reason of cancelling, in Russian"), blank=True, editable=False)
    released_at = models.DateTimeField(_("decisions released"), null=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # How is judged and what its page says at length: who fills in or saves an application is not asked for it.
    JUDGING = (
        *("summary_kk", "summary_ru", "summary_en", "rules_kk", "rules_ru", "rules_en", "pass_mark", "reviews_needed"),
        *("review_working_days", "order", "experts_order", "commission", "observers_needed", "load_min", "load_max"),
        *("extra_review_over", "ranks_by", "adjusted_from", "allows_partial", "partial_percent", "held_back_percent"),
        *("appeal_working_days", "appeal_answer_working_days", "appeal_commission", "offer_working_days"),
        *("held_back_freed_at", "published_at", "published_by", "released_at", "released_by"),
    )
    lifted_count: int = 0  # where it was read with it: `with_lifted_matches`
    # Where they were read with it, for the parts of its page: the content of its rules, whether time was ever added.
    frozen: dict[str, Any] | None = None
    is_extended: bool = True
    title = Localized(_("Title"))
    summary = Localized()
    rules = Localized()
    cancelled_reason = Localized()

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-closes_at"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(min_amount__gt=0, max_amount__gte=F("min_amount")), name="call_amounts_in_order"
            ),
            models.CheckConstraint(condition=Q(own_share_percent__lt=100), name="call_own_share_is_a_share"),
            models.CheckConstraint(
                condition=Q(held_back_percent__lt=100, partial_percent__lte=100), name="call_parts_are_percents"
            ),
            models.CheckConstraint(condition=Q(load_max__gte=F("load_min")), name="call_loads_in_order"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="call_published_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="call_released_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether the server clock lets applications in now."""
        return self.status == CallStatus.PUBLISHED and self.opens_at <= clock.now() <= self.closes_at

    @property
    def is_upcoming(self) -> bool:
        """Published, not yet open."""
        return self.status == CallStatus.PUBLISHED and clock.now() < self.opens_at
