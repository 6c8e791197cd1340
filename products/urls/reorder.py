"""The addresses of the reorder list."""

from django.urls import path

from products.views.reorder_export import ReorderExportView
from products.views.reorder_list import ReorderListView

urlpatterns = [
    path("reports/reorder", ReorderListView.as_view(), name="reorder_list"),
    path("reports/reorder/export", ReorderExportView.as_view(), name="reorder_export"),
]
