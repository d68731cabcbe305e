"""What follows an award: the grantee's pages."""

from django.urls import path

from grants.views import expenses

urlpatterns = [
    path("<slug:public_id>/expenses/", expenses.expense_list, name="expense_list"),
    path("expenses/<slug:public_id>/", expenses.expense_edit, name="expense_edit"),
    path("expenses/<slug:public_id>/withdraw/", expenses.expense_withdraw, name="expense_withdraw"),
    path("expenses/<slug:public_id>/paper/", expenses.expense_paper, name="expense_paper"),
]
