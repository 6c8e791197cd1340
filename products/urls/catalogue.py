"""The addresses of the catalogue."""

from django.urls import path

from products.views.dashboard import DashboardView
from products.views.product_add import ProductAddView
from products.views.product_archive import ProductArchiveView
from products.views.product_delete import ProductDeleteView
from products.views.product_deleted_list import ProductDeletedListView
from products.views.product_detail import ProductDetailView
from products.views.product_edit import ProductEditView
from products.views.product_movements import ProductMovementsView
from products.views.product_variants import ProductVariantsView

urlpatterns = [
    path("dashboard", DashboardView.as_view(), name="dashboard"),
    path("products/<int:pk>", ProductDetailView.as_view(), name="product_detail"),
    path(
        "products/<int:pk>/movements",
        ProductMovementsView.as_view(),
        name="product_movements",
    ),
    path("add_product", ProductAddView.as_view(), name="product_add"),
    path("edit_product/<int:pk>", ProductEditView.as_view(), name="product_edit"),
    path("delete_product/<int:pk>", ProductDeleteView.as_view(), name="product_delete"),
    path(
        "products/deleted",
        ProductDeletedListView.as_view(),
        name="product_deleted_list",
    ),
    path(
        "products/<int:pk>/archive",
        ProductArchiveView.as_view(),
        name="product_archive",
    ),
    path(
        "products/<int:pk>/variants",
        ProductVariantsView.as_view(),
        name="product_variants",
    ),
]
