"""Addresses of the committees app: the members' pages and the observers' live page."""

from django.urls import path

from committees.views import live, meetings

app_name = "committees"
urlpatterns = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/<str:public_id>/", meetings.meeting, name="meeting"),
    path("meetings/<str:public_id>/declare/", meetings.declare, name="declare"),
    path("meetings/<str:public_id>/vote/", meetings.vote, name="vote"),
    path("meetings/<str:public_id>/items/<str:item_id>/take-out/", meetings.take_out, name="take_out"),
    path("meetings/<str:public_id>/items/<str:item_id>/dissent/", meetings.dissent, name="dissent"),
    path("meetings/<str:public_id>/minutes/<str:minutes_id>/", meetings.minutes, name="minutes"),
    path("live/<str:token>/", live.live, name="live"),
]
