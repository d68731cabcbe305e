"""Addresses of the accounts app, below /account/ beside allauth's."""

from django.urls import path

from accounts.views import bank_account, consents, invitations, members, organisations, profile

app_name = "accounts"
organisation_urls = [
    path("organisations/", organisations.organisation_list, name="organisation_list"),
    path("organisations/new/", organisations.organisation_create, name="organisation_create"),
    path("organisations/<slug:public_id>/", organisations.organisation_edit, name="organisation_edit"),
    path("organisations/<slug:public_id>/bank/", bank_account.bank_account, name="bank_account"),
]
member_urls = [
    path("organisations/<slug:public_id>/members/", members.organisation_members, name="organisation_members"),
    path("organisations/<slug:public_id>/members/<slug:member>/", members.member_edit, name="member_edit"),
    path(
        "organisations/<slug:public_id>/invitations/<slug:invitation>/take-back/",
        members.invitation_take_back,
        name="invitation_take_back",
    ),
    path("organisations/<slug:public_id>/requests/<slug:asked>/", members.access_answer, name="access_answer"),
    path("invitations/", invitations.invitation_accept, name="invitation_accept"),
    path("invitations/<str:token>/", invitations.invitation_open, name="invitation_open"),
]
consent_urls = [
    path("consents/", consents.consent_list, name="consent_list"),
    path("consents/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
]
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    *organisation_urls,
    *member_urls,
    *consent_urls,
]
