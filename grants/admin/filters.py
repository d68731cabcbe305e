"""Filters of the list of applications: whose turn it is, status, call, officer."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models import Call
from grants.queries.dossier import officers
from grants.queries.waiting import midnight
from grants.statuses import SENT, ApplicationStatus

PICK = "admin/grants/application/filter.html"


class PickFilter(admin.SimpleListFilter):
    """A filter that opens above the list, so that the list has the width of the page."""

    template = PICK


class TurnFilter(PickFilter):
    """Who has the ball."""

    title = _("whose turn")
    parameter_name = "turn"

    def lookups(self, request, model_admin):
        """Six places where an application can wait."""
        return [
            ("mine", _("Mine to screen")),
            ("officer", _("Any officer's to screen")),
            ("nobody", _("To screen, without an officer")),
            ("applicant", _("The applicant's: correction open")),
            ("late", _("Correction overdue")),
            ("second", _("A second officer's")),
            ("experts", _("The experts': reviews missing")),
        ]

    def queryset(self, request, queryset):
        """The words of the QuerySet."""
        choose = {
            "mine": lambda: queryset.awaiting_screening().filter(officer=request.user),
            "officer": queryset.awaiting_screening,
            "nobody": lambda: queryset.awaiting_screening().filter(Q(officer=None) | Q(officer__is_active=False)),
            "applicant": lambda: queryset.filter(has_open_correction=True),
            "late": lambda: queryset.with_late_correction(),
            "second": lambda: queryset.filter(status=ApplicationStatus.SUBMITTED, has_open_proposal=True),
            "experts": lambda: queryset.with_missing_reviews(),
        }
        turn = self.value() or ""
        return choose[turn]() if turn in choose else queryset


class StatusFilter(PickFilter):
    """Every status but the applicant's own draft."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        """In the order of an application's life."""
        return [(status.value, status.label) for status in ApplicationStatus if status in SENT]

    def queryset(self, request, queryset):
        """One status."""
        return queryset.filter(status=self.value()) if self.value() in SENT else queryset


class CallFilter(PickFilter):
    """Published calls, the latest first."""

    title = _("call")
    parameter_name = "call__id__exact"

    def lookups(self, request, model_admin):
        """Titles with their closing day, since a title comes back every year."""
        calls = Call.objects.public().order_by("-closes_at")[:20]
        return [(str(call.pk), f"{call.title} · {call.closes_at:%d.%m.%Y}") for call in calls]

    def queryset(self, request, queryset):
        """One call."""
        value = self.value() or ""
        return queryset.filter(call=int(value)) if value.isdigit() else queryset


class OfficerFilter(PickFilter):
    """Whose work it is."""

    title = _("officer")
    parameter_name = "officer"

    def lookups(self, request, model_admin):
        """Me, nobody, then the others by name."""
        people = [(str(person.pk), str(person)) for person in officers() if person != request.user]
        return [("me", _("Me")), ("none", _("Nobody")), *people]

    def queryset(self, request, queryset):
        """One officer."""
        value = self.value() or ""
        if value == "me":
            return queryset.filter(officer=request.user)
        if value == "none":
            return queryset.filter(officer=None)
        return queryset.filter(officer=int(value)) if value.isdigit() else queryset


class SentFilter(PickFilter):
    """When it was sent, by the calendar of Almaty."""

    title = _("sent")
    parameter_name = "sent"
    spans = {"today": 0, "week": 6, "month": 29, "year": 364}

    def lookups(self, request, model_admin):
        """Today and back from it."""
        words = (_("Today"), _("Last 7 days"), _("Last 30 days"), _("Last 365 days"))
        return list(zip(self.spans, words, strict=True))

    def queryset(self, request, queryset):
        """From the midnight of so many days ago."""
        span = self.spans.get(self.value() or "")
        if span is None:
            return queryset
        return queryset.filter(submitted_at__gte=midnight() - timedelta(days=span))


class KnownFilter(admin.RelatedFieldListFilter):
    """A reference row; what was sent always has one."""

    template = PICK
    include_empty_choice = False
