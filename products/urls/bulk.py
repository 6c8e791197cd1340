"""The addresses of what is done to many chosen products."""

from django.urls import path

from products.views.bulk_activate import BulkActivateView
from products.views.bulk_adjust import BulkAdjustView
from products.views.bulk_archive import BulkArchiveView
from products.views.bulk_categorise import BulkCategoriseView
from products.views.bulk_export import BulkExportView

urlpatterns = [
    path("products/bulk/archive", BulkArchiveView.as_view(), name="bulk_archive"),
    path("products/bulk/activate", BulkActivateView.as_view(), name="bulk_activate"),
    path(
        "products/bulk/categorise",
        BulkCategoriseView.as_view(),
        name="bulk_categorise",
    ),
    path("products/bulk/adjust", BulkAdjustView.as_view(), name="bulk_adjust"),
    path("products/bulk/export", BulkExportView.as_view(), name="bulk_export"),
]
