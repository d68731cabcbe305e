"""The money of a grant."""

from django.urls import path

from grants.views import award_money

urlpatterns = [path("<slug:public_id>/money/", award_money.award_money, name="award_money")]
