"""The words of an act of work done."""

from datetime import datetime
from typing import Any

from django.db.models import Max, Min
from django.utils import translation
from django.utils.translation import gettext as _

from core.pdf import render_pdf
from core.templatetags.words import long_date
from grants.models import Assignment, Call, Expert

LANGUAGES = ("kk", "ru")  # an act is in the state language and in Russian, whoever reads it


def act_pdf(expert: Expert, call: Call, *, number: str, reviews: int, at: datetime) -> bytes:
    """The act on A4, Kazakh first: the same bytes for the same facts."""
    rows = Assignment.objects.live().filter(expert=expert, application__call=call)
    days = rows.aggregate(first=Min("assigned_at"), last=Max("review__submitted_at"))
    with translation.override("kk"):
        head = {"title": _words_title(number), "from": _("funding portal"), "foot": _words_title(number)}
    pages = [_page(language, expert, call, number, reviews, days, at) for language in LANGUAGES]
    with translation.override("kk"):
        return render_pdf("work_act", {**head, "pages": pages}, at=at)


def _words_title(number: str) -> str:
    return _("Act of work done %(number)s") % {"number": number}


def _page(
    language: str, expert: Expert, call: Call, number: str, reviews: int, days: dict[str, Any], at: datetime
) -> dict[str, Any]:
    with translation.override(language):
        return {
            "language": language,
            "heading": _words_title(number),
            "words": _(
                "This act certifies that the expert has read applications of the call and handed in a review of each "
                "with scores by every criterion."
            ),
            "facts": [
                (_("Expert"), str(expert)),
                (_("Call"), str(call.title)),
                (_("From"), long_date(days["first"])),
                (_("To"), long_date(days["last"])),
                (_("Date of the act"), long_date(at)),
            ],
            "count_label": _("Reviews handed in"),
            "count": str(reviews),
            "signs": [_("For Almaty Creative"), _("Expert")],
            "sign_words": _("signature, date"),
        }
