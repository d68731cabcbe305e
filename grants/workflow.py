"""The tables of moves of the grants app: verb, from, to, who. Printed as diagrams into docs/workflows.md."""

from core.workflow import the_clock, workflow
from grants import policy
from grants.statuses import ApplicationStatus as A
from grants.statuses import AwardStatus, BatchStatus, CallStatus, TrancheStatus

CALL = workflow(
    "call",
    initial=CallStatus.DRAFT,
    moves=[
        ("publish", [CallStatus.DRAFT], CallStatus.PUBLISHED, policy.may_publish_call),
        ("release", [CallStatus.PUBLISHED], CallStatus.DECIDED, policy.may_release_decisions),
        ("archive", [CallStatus.DECIDED], CallStatus.ARCHIVED, policy.may_publish_call),
        ("cancel", [CallStatus.DRAFT, CallStatus.PUBLISHED], CallStatus.CANCELLED, policy.may_cancel_call),
    ],
)

APPLICATION = workflow(
    "application",
    initial=A.DRAFT,
    moves=[
        ("submit", [A.DRAFT], A.SUBMITTED, policy.may_send_application),
        ("take_back", [A.SUBMITTED], A.DRAFT, policy.may_send_application),
        ("withdraw", [A.DRAFT, A.SUBMITTED, A.ELIGIBLE, A.RESERVED], A.WITHDRAWN, policy.may_send_application),
        ("find_eligible", [A.SUBMITTED], A.ELIGIBLE, policy.may_screen),
        ("find_ineligible", [A.SUBMITTED], A.INELIGIBLE, policy.may_screen),
        ("award", [A.ELIGIBLE, A.RESERVED], A.AWARDED, policy.decides),
        ("reserve", [A.ELIGIBLE], A.RESERVED, policy.decides),
        ("decline", [A.ELIGIBLE, A.RESERVED], A.DECLINED, policy.decides),
        # An award falls out: the reserve list moves up by its rule, nobody decides anew.
        ("lapse", [A.AWARDED], A.WITHDRAWN, the_clock),
        ("refuse_offer", [A.AWARDED], A.WITHDRAWN, policy.may_answer_offer),
        ("move_up", [A.RESERVED], A.AWARDED, the_clock),
        # Back to the experts or to a vote, from where it goes on as any other.
        ("uphold", [A.INELIGIBLE, A.RESERVED, A.DECLINED], A.ELIGIBLE, policy.may_answer_appeals),
        ("annul", [A.AWARDED, A.RESERVED, A.DECLINED], A.ELIGIBLE, policy.may_return_annulled),
    ],
)

AWARD = workflow(
    "award",
    initial=AwardStatus.OFFERED,
    moves=[
        ("lapse", [AwardStatus.OFFERED], AwardStatus.LAPSED, the_clock),
        ("refuse", [AwardStatus.OFFERED], AwardStatus.REFUSED, policy.may_answer_award),
        ("annul", [AwardStatus.OFFERED], AwardStatus.TERMINATED, policy.may_return_annulled),
        # The contract is signed by both sides; the first payment goes out.
        ("sign", [AwardStatus.OFFERED], AwardStatus.SIGNED, policy.may_complete_signing),
        ("begin", [AwardStatus.SIGNED], AwardStatus.ACTIVE, policy.may_pay_payment),
    ],
)

TRANCHE = workflow(
    "tranche",
    initial=TrancheStatus.PLANNED,
    moves=[
        ("approve", [TrancheStatus.PLANNED], TrancheStatus.APPROVED, policy.may_approve_tranche),
        ("return", [TrancheStatus.APPROVED], TrancheStatus.PLANNED, policy.may_approve_tranche),
        ("pay", [TrancheStatus.APPROVED], TrancheStatus.PAID, policy.may_pay_payment),
        ("reopen", [TrancheStatus.PAID], TrancheStatus.PLANNED, policy.may_pay_payment),
        ("cancel", [TrancheStatus.PLANNED, TrancheStatus.APPROVED], TrancheStatus.CANCELLED, policy.may_cancel_tranche),
    ],
)

PAYMENT_BATCH = workflow(
    "payment_batch",
    initial=BatchStatus.MADE,
    moves=[
        ("check", [BatchStatus.MADE], BatchStatus.CHECKED, policy.may_check_batch),
        ("send", [BatchStatus.CHECKED], BatchStatus.SENT, policy.may_send_batch),
        ("settle", [BatchStatus.SENT], BatchStatus.SETTLED, policy.may_pay_payment),
        ("cancel", [BatchStatus.MADE, BatchStatus.CHECKED], BatchStatus.CANCELLED, policy.may_cancel_batch),
    ],
)
