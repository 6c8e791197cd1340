"""The addresses of counting stock."""

from django.urls import path

from products.views.count_add import CountAddView
from products.views.count_void import CountVoidView
from products.views.stocktake_add import StocktakeAddView
from products.views.stocktake_apply import StocktakeApplyView
from products.views.stocktake_cancel import StocktakeCancelView
from products.views.stocktake_count import StocktakeCountView
from products.views.stocktake_detail import StocktakeDetailView
from products.views.stocktake_list import StocktakeListView
from products.views.stocktake_report import StocktakeReportView
from products.views.stocktake_review import StocktakeReviewView
from products.views.stocktake_steps import (
    StocktakeFinishView,
    StocktakeReopenView,
    StocktakeStartView,
)

ONE = "stock/counts/<int:pk>"

urlpatterns = [
    path("stock/counts", StocktakeListView.as_view(), name="stocktake_list"),
    path("stock/counts/new", StocktakeAddView.as_view(), name="stocktake_add"),
    path(ONE, StocktakeDetailView.as_view(), name="stocktake_detail"),
    path(f"{ONE}/start", StocktakeStartView.as_view(), name="stocktake_start"),
    path(f"{ONE}/finish", StocktakeFinishView.as_view(), name="stocktake_finish"),
    path(f"{ONE}/reopen", StocktakeReopenView.as_view(), name="stocktake_reopen"),
    path(f"{ONE}/count", StocktakeCountView.as_view(), name="stocktake_count"),
    path(f"{ONE}/counts", CountAddView.as_view(), name="count_add"),
    path("stock/counts/void/<int:pk>", CountVoidView.as_view(), name="count_void"),
    path(f"{ONE}/review", StocktakeReviewView.as_view(), name="stocktake_review"),
    path(f"{ONE}/apply", StocktakeApplyView.as_view(), name="stocktake_apply"),
    path(f"{ONE}/cancel", StocktakeCancelView.as_view(), name="stocktake_cancel"),
    path(f"{ONE}/report", StocktakeReportView.as_view(), name="stocktake_report"),
]
