"""The addresses that move stock."""

from django.urls import path

from products.views.stock_adjust import StockAdjustView

urlpatterns = [
    path("products/<int:pk>/adjust", StockAdjustView.as_view(), name="stock_adjust"),
]
