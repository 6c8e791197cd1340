"""The addresses of the catalogue and the stock, one file per area."""

from products.urls import (
    catalogue,
    documents,
    holds,
    imports,
    locations,
    operations,
    reorder,
    reports,
    scanning,
    stock,
    stocktakes,
    transfers,
)

app_name = "products"
urlpatterns = [
    *catalogue.urlpatterns,
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
]
