"""Calls, and the first step from a call to an application."""

from django.urls import path

from grants.views import before, call_questions, call_rules, calls, starting

urlpatterns = [
    path("", calls.call_list, name="call_list"),
    path("<slug:public_id>/", calls.call_detail, name="call_detail"),
    path("<slug:public_id>/before/", before.call_before, name="call_before"),
    path("<slug:public_id>/questions/", before.call_questions, name="call_questions"),
    path("<slug:public_id>/sample/", before.call_sample, name="call_sample"),
    path("<slug:public_id>/rules/", call_rules.call_rules, name="call_rules"),
    path("<slug:public_id>/rules/<int:number>.json", call_rules.call_rules_json, name="call_rules_json"),
    path("<slug:public_id>/answers/", call_questions.call_answers, name="call_answers"),
    path("<slug:public_id>/ask/", call_questions.call_ask, name="call_ask"),
    path("<slug:public_id>/apply/", starting.application_start, name="application_start"),
]
