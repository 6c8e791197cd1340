"""The addresses of imports and of the export."""

from django.urls import path

from products.views.import_add import ImportAddView
from products.views.import_apply import ImportApplyView
from products.views.import_columns import ImportColumnsView
from products.views.import_detail import ImportDetailView
from products.views.import_discard import ImportDiscardView
from products.views.import_list import ImportListView
from products.views.import_progress import ImportProgressView
from products.views.import_refused import ImportRefusedView
from products.views.import_restart import ImportRestartView
from products.views.import_tick import ImportTickView
from products.views.product_export import ProductExportView
from products.views.product_export_file import ProductExportFileView

urlpatterns = [
    path("imports", ImportListView.as_view(), name="import_list"),
    path("imports/new", ImportAddView.as_view(), name="import_add"),
    path("imports/<int:pk>", ImportDetailView.as_view(), name="import_detail"),
    path(
        "imports/<int:pk>/columns", ImportColumnsView.as_view(), name="import_columns"
    ),
    path(
        "imports/<int:pk>/progress",
        ImportProgressView.as_view(),
        name="import_progress",
    ),
    path("imports/<int:pk>/tick", ImportTickView.as_view(), name="import_tick"),
    path("imports/<int:pk>/apply", ImportApplyView.as_view(), name="import_apply"),
    path(
        "imports/<int:pk>/discard", ImportDiscardView.as_view(), name="import_discard"
    ),
    path(
        "imports/<int:pk>/restart", ImportRestartView.as_view(), name="import_restart"
    ),
    path(
        "imports/<int:pk>/refused.csv",
        ImportRefusedView.as_view(),
        name="import_refused",
    ),
    path("products/export", ProductExportView.as_view(), name="product_export"),
    path(
        "products/export/file",
        ProductExportFileView.as_view(),
        name="product_export_file",
    ),
]
