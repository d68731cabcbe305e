"""Registers of payments: make one, check it, take its files to the bank, write down what the bank did."""

import logging
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from core.admin import PolicyAdmin, badge
from core.form_page import form_page
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment, money
from documents.serve import serve
from grants import policy
from grants.actions import batches, payments
from grants.actions.bank_answers import read_answer
from grants.admin.tranches import act, refuse
from grants.forms.money import AnswerForm, BatchYearForm, CameBackForm, MakeBatchForm, PaidForm
from grants.models import BankAnswer, Payment, PaymentBatch
from grants.queries.payments import approved_tranches, batch_page, choices
from grants.statuses import BATCH_MARKS, BatchStatus
from grants.tasks import write_register
from grants.workflow import PAYMENT_BATCH

logger = logging.getLogger(__name__)
STEPS = {"check": batches.check_batch, "send": batches.send_batch, "cancel": batches.cancel_batch}


@admin.register(PaymentBatch)
class PaymentBatchAdmin(PolicyAdmin):
    """Read-only rows; every step is an action of its own."""

    may_see = staticmethod(policy.may_see_batches)
    list_display = ("number", "programme_year", "state", "made", "made_by", "checked_by", "sent_by")
    list_filter = ("status", "programme_year")
    fields = ("number", "programme_year", "state")
    readonly_fields = fields
    list_select_related = ("programme_year__programme", "made_by", "checked_by", "sent_by")
    search_fields = ("number", "payments__public_id", "payments__tranche__award__application__number")
    change_list_template = "admin/grants/paymentbatch/change_list.html"

    def get_queryset(self, request):
        """What the person may see."""
        return PaymentBatch.objects.visible_to(request.user)

    def get_urls(self):
        """The steps."""
        steps: list[tuple[str, Any, str]] = [
            ("make/", self.make, "make"),
            ("<int:pk>/step/<slug:verb>/", require_POST(self.step), "step"),
            ("<int:pk>/answer/", self.answer, "answer"),
            ("<int:pk>/file/<slug:which>/", require_safe(self.file), "file"),
            ("answers/<int:pk>/", require_safe(self.answer_file), "answer_file"),
            ("payments/<slug:public_id>/<slug:verb>/", self.payment, "payment"),
        ]
        inside = self.admin_site.admin_view
        made = [path(to, inside(view), name=f"grants_paymentbatch_{name}") for to, view, name in steps]
        return made + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        """With the button for makers."""
        may_make = policy.may_approve_tranches(request.user)
        return super().changelist_view(request, {"may_make": may_make, **(extra_context or {})})

    def make(self, request):
        """Choose a year, tick what is paid."""
        refuse(policy.may_approve_tranches(request.user))
        year_form = BatchYearForm(request.GET or None)
        year = year_form.cleaned_data["year"] if year_form.is_valid() else None
        offered = choices(approved_tranches(year)) if year else []
        form = MakeBatchForm(request.POST if request.method == "POST" else None, offered=offered)
        if year and form.is_valid():
            chosen = [one.tranche for one in offered if str(one.tranche.pk) in form.cleaned_data["tranches"]]
            made = self._made(request, year, chosen, form)
            if made:
                return HttpResponseRedirect(page_of(made))
        context = {"year_form": year_form, "year": year, "offered": offered, "form": form}
        return self._render(request, "make", _("A new register of payments"), **context)

    def _made(self, request, year, chosen, form):
        try:
            code = form.cleaned_data["purpose_code"]
            return batches.make_batch(year, tranches=chosen, purpose_code=code, by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
            return None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The register: who did what, its payments, what the bank answered."""
        refuse(policy.may_see_batches(request.user))
        batch, person = self._row(request, object_id), request.user
        open_verbs = set(PAYMENT_BATCH.open_to(person, batch))
        context = {
            **batch_page(batch),
            "state": state_badge(batch),
            "facts": facts_of(batch),
            "verbs": [verb for verb in STEPS if verb in open_verbs],
            "may_enter": policy.may_pay_batches(person) and batch.status in (BatchStatus.SENT, BatchStatus.SETTLED),
            "may_take_out": batch.status == BatchStatus.MADE and policy.may_cancel_batch(person, batch),
            "may_take_files": policy.may_see_payments(person),
            "is_written": batch.register_xlsx_id is not None,
        }
        return self._render(request, "page", batch.number, batch=batch, **context)

    def _render(self, request, name, title, **context):
        common = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return render(request, f"admin/grants/paymentbatch/{name}.html", {**common, **context})

    def _row(self, request, pk):
        rows = self.get_queryset(request).select_related("programme_year__programme", *WITH)
        return get_object_or_404(rows, pk=pk if str(pk).isdigit() else None)

    def step(self, request, pk, verb):
        """Check, send, cancel."""
        if verb not in STEPS:
            raise Http404
        batch = self._row(request, pk)
        done = {
            "check": _("The register is checked. The files for the bank are being written."),
            "send": _("The register is with the bank."),
            "cancel": _("The register is cancelled. Its tranches stay approved."),
        }[verb]
        if verb == "check":
            transaction.on_commit(lambda: wake(batch.pk), robust=True)
        return act(request, done, STEPS[verb], batch, back=page_of(batch))

    def payment(self, request, public_id, verb):
        """One payment: paid, came back, taken out."""
        row = get_object_or_404(
            Payment.objects.visible_to(request.user).select_related(*OF_PAYMENT), public_id=public_id
        )
        if verb == "out" and request.method == "POST":
            done = _("The payment is taken out; its tranche stays approved.")
            return act(request, done, batches.take_out, row, back=page_of(row.batch))
        if verb not in ENTERED:
            raise Http404
        refuse(policy.may_pay_batches(request.user))
        form, action, title = ENTERED[verb]
        application = row.tranche.award.application
        return form_page(
            request, self, form(request.POST or None), title=title, button=_("Enter it"), back=page_of(row.batch),
            done=_("It is entered."), act=lambda typed: action(row, by=request.user, **typed),
            facts=[
                (_("Application"), application.number), (_("Applicant"), application.organisation),
                (_("Amount"), money(row.amount, row.currency)), (_("Payment"), row.public_id),
            ],
        )  # fmt: skip

    def answer(self, request, pk):
        """Reads in what the bank answered."""
        refuse(policy.may_pay_batches(request.user))
        batch = self._row(request, pk)
        return form_page(
            request, self, AnswerForm(request.POST or None, request.FILES or None), title=_("Answer of the bank"),
            button=_("Read it in"), back=page_of(batch), done=_("What the bank did is written down."),
            facts=[
                (_("Register"), batch.number),
                (_("How"), _("Fill the last three columns of the register: day and order, or why it was not paid.")),
            ],
            act=lambda typed: read_answer(batch, upload=typed["upload"], by=request.user),
        )  # fmt: skip

    def file(self, request, pk, which):
        """One of the two files for the bank."""
        refuse(policy.may_see_payments(request.user))
        batch = self._row(request, pk)
        document = {"xlsx": batch.register_xlsx, "csv": batch.register_csv}.get(which)
        if document is None:
            raise Http404
        batches.note_register_taken(batch, which, by=request.user)
        return never_cache(lambda request: serve(document, as_attachment=True))(request)

    def answer_file(self, request, pk):
        """A file as the bank's answer came."""
        refuse(policy.may_see_payments(request.user))
        answer = get_object_or_404(
            BankAnswer.objects.visible_to(request.user).select_related("batch", "document"), pk=pk
        )
        batches.note_register_taken(answer.batch, "answer", by=request.user)
        return never_cache(lambda request: serve(answer.document, as_attachment=True))(request)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, batch):
        """A word and a shape."""
        return state_badge(batch)

    @admin.display(description=gettext_lazy("made"), ordering="made_at")
    def made(self, batch):
        """In Almaty's time."""
        return moment(batch.made_at)


WITH = ("made_by", "checked_by", "sent_by", "register_xlsx", "register_csv")
OF_PAYMENT = ("batch", "tranche__award__application__organisation")
ENTERED: dict[str, tuple[Any, Any, Any]] = {
    "paid": (PaidForm, payments.record_paid, gettext_lazy("The bank paid")),
    "back": (CameBackForm, payments.payment_came_back, gettext_lazy("Not paid, or came back")),
}


def page_of(batch):
    """The page of a register."""
    return reverse("admin:grants_paymentbatch_change", args=[batch.pk])


def state_badge(batch):
    """A word and a shape."""
    return badge(batch.get_status_display(), *BATCH_MARKS[BatchStatus(batch.status)])


def facts_of(batch):
    """Who did what and when."""
    steps = [
        (_("made"), batch.made_at, batch.made_by),
        (_("checked"), batch.checked_at, batch.checked_by),
        (_("taken to the bank"), batch.sent_at, batch.sent_by),
    ]
    facts = [(_("programme year"), batch.programme_year)]
    facts += [(term, f"{moment(at)} · {person}") for term, at, person in steps if at]
    if batch.purpose_code:
        facts.append((_("KNP"), batch.purpose_code))
    if batch.register_xlsx:
        facts.append((_("SHA-256 of the XLSX"), batch.register_xlsx.sha256))
    return facts


def wake(batch_id):
    """Without a broker the sweep writes it within a minute."""
    try:
        write_register.apply_async([batch_id], retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("no broker to wake: %s; the register waits for the sweep", error)
