"""The application: the central noun. Keep it thin: verbs live in actions, other nouns beside it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import District, Membership, Organisation, Sector
from accounts.statuses import Language
from core import clock
from core.models import AuditEvent
from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from core.search import search_words
from documents.models import Document
from grants import policy
from grants.models.call import Call
from grants.models.rules import CallRules, DocumentRequirement
from grants.statuses import SENT, ApplicationStatus, CallStatus
from questionnaires.models import AnswerSet

QUIET = timedelta(minutes=10)  # one `application.edit` says that a person was writing for up to so long
SENT_ONCE = Q(status__in=SENT, number__isnull=False)
# What is read of each row where something is saved in an application (`to_write_in`): a save is asked for every few
# seconds, and of the hundred columns it needs these. Another one would be a query of its own.
TO_WRITE = (
    *("public_id", "call", "organisation", "rules", "answer_set", "number", "status", "title", "summary", "sector"),
    *("district", "amount_requested", "own_amount", "currency", "submitted_at", "has_minor", "fact_revs"),
    *("active_seconds", "extended_until", "last_saved_at", "search_text"),
    *(f"organisation__{name}" for name in ("public_id", "kind", "name", "country", "identifier")),
    *(f"call__{name}" for name in ("public_id", "programme_year", "status", "title_kk", "title_ru", "title_en")),
    *(f"call__{name}" for name in ("opens_at", "closes_at", "min_amount", "max_amount", "own_share_percent")),
    *(f"call__{name}" for name in ("asks_budget", "asks_milestones", "milestones_min", "milestones_max")),
    *(f"call__{name}" for name in ("vat_percent", "supplier_over", "grace_minutes", "allows_foreign", "allows_minors")),
    *("answer_set__version", "answer_set__previous_version", "answer_set__version__sha256", "rules__sha256"),
)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Words about applications."""

    def visible_to(self, user: Any) -> Self:
        """The only definition of seeing: own organisation's; sent ones for staff; assigned ones for an expert.

        An expert has to declare first that there is no conflict of interest; a conflict closes the papers to staff too.
        """
        if not user.is_authenticated:
            return self.none()
        own = Q(organisation__in=Membership.objects.filter(user=user).values("organisation"))
        blocked = Q(pk__in=self._live_conflicts_of(user).values("application"))
        if policy.may_see_sent_applications(user):
            return self.filter(own | SENT_ONCE & ~blocked)
        if policy.may_see_awarded_applications(user):
            return self.filter(own | Q(status=ApplicationStatus.AWARDED))
        assigned = Q(
            assignments__expert__user=user,
            assignments__returned_at=None,
            assignments__declared_at__isnull=False,
            status=ApplicationStatus.ELIGIBLE,
        )
        return self.filter(own | assigned & ~blocked).distinct()

    def _live_conflicts_of(self, user: Any) -> Any:
        from grants.models.conflict import Conflict  # a conflict names an application

        return Conflict.objects.live().filter(person=user)

    def visible_beyond_review(self, user: Any) -> Self:
        """As `visible_to`, without those that an expert sees for review alone: screening and corrections are not
        theirs to read. Who is no staff sees nothing else than their own organisations'.
        """
        is_staff = policy.may_see_sent_applications(user) or policy.may_see_awarded_applications(user)
        return self.visible_to(user) if is_staff or not user.is_authenticated else self.owned_by(user)

    def owned_by(self, user: Any) -> Self:
        """Of the organisations that the person is a member of, each with their role there (grants/policy.py)."""
        own = self.filter(organisation__memberships__user=user)
        return own.annotate(
            reader_id=models.F("organisation__memberships__user"),
            reader_role=models.F("organisation__memberships__role"),
        )

    def live(self) -> Self:
        """Not withdrawn."""
        return self.exclude(status=ApplicationStatus.WITHDRAWN)

    def sent(self) -> Self:
        """Submitted or beyond; a draft that was withdrawn before it was ever sent is not among them."""
        return self.filter(SENT_ONCE)

    def awaiting_screening(self) -> Self:
        """Submitted, waiting neither for the applicant's correction nor for a second officer."""
        waiting = self.filter(status=ApplicationStatus.SUBMITTED).with_what_is_open()
        return waiting.filter(has_open_correction=False, has_open_proposal=False)

    def with_what_is_open(self) -> Self:
        """With `has_open_correction` (the applicant has the ball) and `has_open_proposal` (a second officer has)."""
        from grants.models.correction import Correction  # both name an application
        from grants.models.screening import IneligibilityProposal

        of_this = {"application": models.OuterRef("pk")}
        return self.annotate(
            has_open_correction=models.Exists(Correction.objects.filter(answered_at=None, expired_at=None, **of_this)),
            has_open_proposal=models.Exists(
                IneligibilityProposal.objects.filter(confirmed_at=None, turned_down_at=None, **of_this)
            ),
        )

    def with_turn(self) -> Self:
        """With what else says whose turn it is: `has_open_proposal`, `reviews_in`, `reviews_due_on`, `offer_due_at`,
        `appeal_due_at`, `award_id_shown` (the accepted award's address), `award_is_theirs`.
        """
        from grants.models.appeal import Appeal  # all of them name an application
        from grants.models.award import Award
        from grants.models.expert import Assignment
        from grants.models.screening import IneligibilityProposal

        asked = Assignment.objects.live().filter(application=models.OuterRef("pk")).order_by().values("application")
        proposed = IneligibilityProposal.objects.filter(
            application=models.OuterRef("pk"), confirmed_at=None, turned_down_at=None
        )
        done = asked.filter(review__submitted_at__isnull=False).annotate(n=models.Count("pk")).values("n")
        waited_for = asked.filter(review__submitted_at=None).annotate(day=models.Max("due_on")).values("day")
        of_this = {"application": models.OuterRef("pk")}
        return self.annotate(
            offer_due_at=models.Subquery(Award.objects.unanswered().filter(**of_this).values("answer_due_at")[:1]),
            appeal_due_at=models.Subquery(Appeal.objects.waiting().filter(**of_this).values("due_at")[:1]),
            award_id_shown=models.Subquery(Award.objects.accepted().filter(**of_this).values("public_id")[:1]),
            award_is_theirs=models.Exists(Award.objects.waiting_for_grantee().filter(**of_this)),
            has_open_proposal=models.Exists(proposed),
            reviews_in=Coalesce(models.Subquery(done), 0),
            reviews_due_on=models.Subquery(waited_for),
        )

    def with_late_correction(self) -> Self:
        """Whose open correction is over its time."""
        open_ones = {"corrections__answered_at": None, "corrections__expired_at": None}
        return self.filter(corrections__due_at__lt=clock.now(), **open_ones)

    def with_missing_reviews(self) -> Self:
        """With the experts, fewer reviews in than the call needs."""
        from grants.models.expert import Assignment  # an assignment names an application

        done = Assignment.objects.live().filter(application=models.OuterRef("pk"), review__submitted_at__isnull=False)
        counted = done.order_by().values("application").annotate(n=models.Count("pk")).values("n")
        eligible = self.filter(status=ApplicationStatus.ELIGIBLE)
        return eligible.annotate(reviews_in=Coalesce(models.Subquery(counted), 0)).filter(
            reviews_in__lt=models.F("call__reviews_needed")
        )

    def search(self, text: str) -> Self:
        """By the beginnings of words: number, title, organisation, identifier, what was sent; Казак finds Қазақ."""
        return self.filter(search_text__has_words=text)

    def with_everything_shown(self) -> Self:
        """What a list row or a dossier's head prints, without a query per row."""
        return self.select_related("organisation", "call", "sector", "district", "officer")

    def with_questions(self) -> Self:
        """With the questions of its call, for the pages that ask or show them: read once for a process, by their hash
        (core/frozen.py).
        """
        return self.select_related("answer_set__version").defer("answer_set__version__content")

    def with_rules(self) -> Self:
        """With the rules that it stands under, tiers and documents among them; read once for a process as well."""
        return self.select_related("rules").defer("rules__content", "rules__reason_kk", "rules__reason_ru")

    def with_call(self) -> Self:
        """With its call, but for the columns of it that say how is judged (Call.JUDGING): who applies reads none."""
        return self.select_related("call").defer(*(f"call__{name}" for name in Call.JUDGING))

    def to_fill_in(self) -> Self:
        """What the pages of one section need: fewer rows than `with_everything_shown`."""
        return self.with_questions().with_rules().with_call().select_related("organisation")

    def to_write_in(self, user: Any) -> Self:
        """With what an action that writes asks of it, in the one statement that locks it: the person's role, the rules,
        and whether the trail says already that this person is writing (actions/writing.py).
        """
        told = AuditEvent.objects.filter(verb="application.edit", actor_id=user.pk, at__gte=clock.now() - QUIET)
        told = told.filter(object_type=self.model._meta.label_lower, object_id=models.OuterRef("public_id"))
        rows = self.select_related("organisation", "call", "answer_set", "rules").only(*TO_WRITE)
        rows = rows.annotate(wrote_lately=models.Exists(told.order_by()))
        if "reader_role" in self.query.annotations:  # `owned_by` has read it
            return rows
        role = Membership.objects.filter(user=user, organisation=models.OuterRef("organisation")).values("role")
        return rows.annotate(reader_id=models.Value(user.pk), reader_role=models.Subquery(role))


class Application(models.Model):
    """One organisation's application to one call. Facts that staff filter by are typed columns, never questions."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, models.PROTECT, related_name="applications", verbose_name=_("call"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="applications", verbose_name=_("organisation")
    )
    rules = models.ForeignKey(CallRules, models.PROTECT, related_name="+", verbose_name=_("rules of the call"))
    answer_set = models.OneToOneField(AnswerSet, models.PROTECT, related_name="application", verbose_name=_("answers"))
    number = models.CharField(_("number"), max_length=20, unique=True, null=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ApplicationStatus.choices, default=ApplicationStatus.DRAFT
    )
    title = models.CharField(_("project title"), max_length=200, blank=True)
    summary = models.CharField(_("project in short"), max_length=300, blank=True)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, related_name="+", verbose_name=_("sector"))
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+", verbose_name=_("district"))
    amount_requested = MoneyField(_("amount asked"), null=True)
    own_amount = MoneyField(_("own money"), null=True)
    currency = CurrencyField(verbose_name=_("currency"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begun by")
    )
    created_at = models.DateTimeField(_("begun"), default=clock.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="screened", verbose_name=_("officer")
    )
    # The applicant's word about a person under 18 (None: nothing said); the consents stand in GuardianConsent.
    has_minor = models.BooleanField(_("a minor takes part"), null=True, editable=False)
    # Revisions of the typed facts ({"title": 3}): an autosave of one field names the revision that it began from.
    fact_revs = models.JSONField(default=dict, editable=False)
    active_seconds = models.PositiveIntegerField(_("seconds spent on the form"), default=0, editable=False)
    # A closing time of its own: what the last single Extension row says (grants/triggers.py refuses any other).
    extended_until = models.DateTimeField(_("extended until"), null=True, editable=False)
    # The language it is written in, where staff have said it; else its letters tell (formulas/languages.py).
    written_in = models.CharField(_("written in"), max_length=2, choices=Language.choices, blank=True, editable=False)
    last_saved_at = models.DateTimeField(_("last saved"), null=True, editable=False)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="+")
    search_text = models.TextField(default="", editable=False)
    # Who reads it, and their role in its organisation, where these were read with it: `owned_by`, `to_write_in`.
    reader_id: int | None = None
    reader_role: str | None = None
    wrote_lately: bool = False  # whether the trail knows the writer, where that was read with it
    next_officer: int | None = None  # who would screen it, where it was read with the lock of a sending
    is_held: bool = False  # a hold of an earlier grant keeps it from being sent, read with the same lock
    # What says whose turn it is, where it was read with it: `with_turn`.
    has_open_proposal: bool = False
    reviews_in: int = 0
    award_id_shown: str | None = None
    award_is_theirs: bool = False
    reviews_due_on: date | None = None
    offer_due_at: datetime | None = None
    appeal_due_at: datetime | None = None

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["call", "status", "submitted_at"], name="application_queue"),
            models.Index(fields=["status", "-submitted_at"], name="application_list"),
            models.Index(fields=["officer", "status"], name="application_officer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "call"],
                condition=~Q(status=ApplicationStatus.WITHDRAWN),
                name="one_live_application",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN])
                | Q(number__isnull=False, submitted_at__isnull=False),
                name="sent_application_has_number",
            ),
            models.CheckConstraint(
                condition=Q(amount_requested=None) | Q(amount_requested__gt=0), name="application_asks_something"
            ),
            models.CheckConstraint(
                condition=Q(own_amount=None) | Q(own_amount__gte=0), name="application_own_money_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title or self.public_id

    @property
    def may_write_until(self) -> datetime:
        """Until when it may be written, sent and taken back: the call's closing, or its own where that is later."""
        closes_at = self.call.closes_at
        return max(closes_at, self.extended_until) if self.extended_until else closes_at

    @property
    def is_open_for_writing(self) -> bool:
        """Whether the server clock lets this application be written, sent and taken back now."""
        if self.extended_until is None:
            return self.call.is_open
        return self.call.status == CallStatus.PUBLISHED and self.call.opens_at <= clock.now() <= self.may_write_until

    def folded(self, texts: Iterable[str] | None = None) -> str:
        """What a search reads: the words of the facts, and on a line of its own each word of the texts that were sent.

        Without `texts` that line stays as it is: a draft under way is not searched by what it says.
        """
        facts = [self.number or "", self.title, self.summary, self.organisation.name, self.organisation.identifier]
        sent = self.search_text.partition("\n")[2]
        if texts is not None:
            sent = " ".join(dict.fromkeys(search_words(" ".join(texts))))
        return f"{' '.join(search_words(' '.join(facts)))}\n{sent}"


class ApplicationDocument(models.Model):
    """A document given for one requirement of the call."""

    public_id = PublicIdField()
    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    requirement = models.ForeignKey(DocumentRequirement, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("application's document")
        verbose_name_plural = _("application's documents")
        ordering = ["requirement__position", "pk"]
