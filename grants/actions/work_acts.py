"""Acts of work done: how many reviews an expert has handed in for a call, on paper in both languages."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.audit import record
from core.counters import next_number
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from documents.actions.store import atomic_with_files, store_bytes
from grants import policy
from grants.models import Assignment, Call, Expert, WorkAct
from grants.queries.experts import reviews_in
from grants.queries.work_acts import act_pdf
from notifications.actions.announce import announce_to


@atomic_with_files()
def make_work_act(expert: Expert, call: Call, *, by: Any) -> WorkAct:
    """The act of an expert's work in a call, once no review of theirs is open; the same press twice is one act.

    Raises NotAllowed for who may not, Refused while a review is open and where none was handed in.
    """
    if not policy.may_assign_experts(by):
        raise NotAllowed(_("Only an officer or the secretary assigns experts."), code="not_allowed")
    expert = lock(expert, "user")
    there = WorkAct.objects.filter(expert=expert, call=call).first()
    if there:
        return there
    if Assignment.objects.to_do().filter(expert=expert, application__call=call).exists():
        raise Refused(_("This expert still has open reviews here. The act is made when they are in."), code="open")
    count = reviews_in(expert, call)
    if not count:
        raise Refused(_("This expert has handed in no review here: there is nothing to certify."), code="none")
    at = clock.now()
    number = f"AE-{clock.today().year}-{next_number(f'work_act:{clock.today().year}'):04d}"
    content = act_pdf(expert, call, number=number, reviews=count, at=at)
    document = store_bytes(content, name=f"{number}.pdf", media_type="application/pdf", by=by)
    act = WorkAct.objects.create(
        number=number, expert=expert, call=call, reviews=count, document=document, made_at=at, made_by=by
    )
    record("work_act.make", act, by=by, data={"expert": expert.pk, "reviews": count, "sha256": document.sha256})
    with translation.override(expert.user.language):
        letter = {"number": number, "call": str(call.title), "count": count, "path": reverse("grants:work_act_list")}
    announce_to(expert.user, "work_act", context=letter, dedupe_key=f"work_act:{act.public_id}")
    return act
