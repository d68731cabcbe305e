"""Pages of an award: its way to the first money, plan, papers, contract, receipts."""

from django.urls import path

from grants.views import award_papers, award_plans, awards, contracts, expenses

urlpatterns = [
    path("papers/<slug:public_id>/", award_papers.award_paper_file, name="award_paper_file"),
    path("contracts/<slug:public_id>/", contracts.contract_pdf, name="contract_pdf"),
    path("contracts/<slug:public_id>/scan/<slug:side>/", contracts.contract_scan, name="contract_scan"),
    path("<slug:public_id>/", awards.award_detail, name="award_detail"),
    path("<slug:public_id>/plan/", award_plans.award_plan, name="award_plan"),
    path("<slug:public_id>/papers/", award_papers.award_papers, name="award_papers"),
    path("<slug:public_id>/contract/", contracts.award_contract, name="award_contract"),
    path("<slug:public_id>/expenses/", expenses.expense_list, name="expense_list"),
    path("expenses/<slug:public_id>/", expenses.expense_edit, name="expense_edit"),
    path("expenses/<slug:public_id>/withdraw/", expenses.expense_withdraw, name="expense_withdraw"),
    path("expenses/<slug:public_id>/paper/", expenses.expense_paper, name="expense_paper"),
]
