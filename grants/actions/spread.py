"""Noticing that the reviews of an application lie too far apart."""

from typing import Any

from core import clock
from core.audit import record
from grants.formulas.scoring import spread
from grants.models import Application, Assignment, ExtraReview
from grants.queries.spread import review_totals


def notice_spread(application: Application, *, over: int, by: Any) -> ExtraReview | None:
    """Once every expert who was asked is done: a spread of more than `over` points asks for one more expert.

    In the transaction of a submission, the application locked. A request that nobody has answered yet follows the
    scores; an answered one stays, and there is no second one.
    """
    if Assignment.objects.to_do().filter(application=application).exists():
        return None
    now_wide = spread(review_totals(application))
    if now_wide is None:
        return None
    is_wide = now_wide > over
    row = ExtraReview.objects.filter(application=application).first()
    if row is None and is_wide:
        row = ExtraReview.objects.create(application=application, spread=now_wide)
        record("application.want_extra_review", application, by=by, data={"spread": now_wide})
    elif row and row.assignment_id is None:
        row.spread, row.gone_at = now_wide, None if is_wide else clock.now()
        row.save(update_fields=["spread", "gone_at"])
    return row
