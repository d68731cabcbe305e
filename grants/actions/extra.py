"""One more expert, where the reviews lie far apart."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.actions.reviews import assign_expert
from grants.models import Application, Assignment, ExtraReview
from grants.queries import assigning


@transaction.atomic
def ask_extra_expert(application: Application, *, by: Any) -> Assignment:
    """Asks the first of those who are free: the expert of the sector with the least to read.

    Raises Refused where no extra review is wanted, and where nobody is free.
    """
    if not policy.may_assign_experts(by):
        raise NotAllowed(_("Only an officer or the secretary assigns experts."), code="not_allowed")
    application = lock(application)
    if not ExtraReview.objects.waiting().filter(application=application).exists():
        raise Refused(_("No extra review is wanted here, or somebody is asked already."), code="not_wanted")
    free = [choice.expert for choice in assigning.choices(application) if not choice.refusal]
    if not free:
        raise Refused(_("No expert is free. Add one, or raise how many applications one reads."), code="nobody_free")
    return assign_expert(application, free[0], by=by)
