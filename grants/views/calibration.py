"""Samples that an expert scores before the papers of a call open, and how strictly they did."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import parking
from core.templatetags.words import number
from grants.actions.calibration import score_sample
from grants.forms.reviews import SampleForm
from grants.models import Assignment, CalibrationSample, Call
from grants.queries import calibration as queries
from grants.queries.rubric import rubric


def review_calibrate(request: HttpRequest, public_id: str) -> HttpResponse:
    """The next sample beside the rubric; after the last one the own severity and spread beside the others'."""
    mine = Assignment.objects.visible_to(request.user).values("application__call")
    call = get_object_or_404(Call.objects.filter(pk__in=mine, samples__isnull=False).distinct(), public_id=public_id)
    sample = queries.next_sample(call, request.user)
    if sample is None:
        result = queries.calibration_of(call, request.user)
        shown = number(abs(result.severity)) if result and result.severity is not None else ""
        context = {"call": call, "result": result, "severity_shown": shown}
        return render(request, "grants/review_calibrated.html", context)
    parked = parking.take(request) if request.method == "GET" else None
    rows = rubric(queries.rules_of(call))
    form = SampleForm(request.POST if request.method == "POST" else parked and parked[0], rubric=rows)
    if request.method == "POST" and form.is_valid():
        asked = get_object_or_404(CalibrationSample.objects.filter(call=call), public_id=request.POST.get("sample", ""))
        score_sample(asked, scores=form.scores(), by=request.user)
        messages.success(request, _("The sample is scored. It counts for no application."))
        return redirect("grants:review_calibrate", public_id)
    samples = list(call.samples.values_list("pk", flat=True))
    place = {"number": samples.index(sample.pk) + 1, "count": len(samples)}
    return render(request, "grants/review_calibrate.html", {"call": call, "sample": sample, "form": form, **place})
