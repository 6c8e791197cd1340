"""The addresses of reports, and of the movements behind them."""

from django.urls import path

from products.views.movement_export import MovementExportView
from products.views.movement_list import MovementListView
from products.views.report_categories import ReportCategoriesView
from products.views.report_days import ReportDaysView
from products.views.report_months import ReportMonthsView
from products.views.report_movements import ReportMovementsView
from products.views.report_movements_export import ReportMovementsExportView
from products.views.report_stock import ReportStockView
from products.views.report_stock_export import ReportStockExportView

urlpatterns = [
    path("reports/stock", ReportStockView.as_view(), name="report_stock"),
    path(
        "reports/stock/export",
        ReportStockExportView.as_view(),
        name="report_stock_export",
    ),
    path(
        "reports/categories", ReportCategoriesView.as_view(), name="report_categories"
    ),
    path("reports/days", ReportDaysView.as_view(), name="report_days"),
    path("reports/months", ReportMonthsView.as_view(), name="report_months"),
    path("reports/movements", ReportMovementsView.as_view(), name="report_movements"),
    path(
        "reports/movements/export",
        ReportMovementsExportView.as_view(),
        name="report_movements_export",
    ),
    path("stock/movements", MovementListView.as_view(), name="movement_list"),
    path(
        "stock/movements/export", MovementExportView.as_view(), name="movement_export"
    ),
]
