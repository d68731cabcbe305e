"""Becoming an expert, the undertaking, acts of work done."""

from django.urls import path

from grants.views import experts

urlpatterns = [
    path("become/", experts.expert_become, name="expert_become"),
    path("invited/<str:token>/", experts.expert_invited, name="expert_invited"),
    path("undertaking/", experts.expert_undertaking, name="expert_undertaking"),
    path("acts/", experts.work_act_list, name="work_act_list"),
    path("acts/<slug:public_id>/", experts.work_act_pdf, name="work_act_pdf"),
]
