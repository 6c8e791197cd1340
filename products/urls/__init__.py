"""The addresses of the catalogue and the stock, one file per area."""

from products.urls import (
    bulk,
    catalogue,
    documents,
    holds,
    imports,
    locations,
    operations,
    reorder,
    reports,
    saved_views,
    scanning,
    stock,
    stocktakes,
    transfers,
)

app_name = "products"
urlpatterns = [
    *catalogue.urlpatterns,
    *bulk.urlpatterns,
    *stock.urlpatterns,
    *documents.urlpatterns,
    *operations.urlpatterns,
    *reorder.urlpatterns,
    *holds.urlpatterns,
    *stocktakes.urlpatterns,
    *scanning.urlpatterns,
    *imports.urlpatterns,
    *reports.urlpatterns,
    *locations.urlpatterns,
    *transfers.urlpatterns,
    *saved_views.urlpatterns,
]
