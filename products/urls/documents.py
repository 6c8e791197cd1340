"""The addresses of deliveries, sales and corrections of cost."""

from django.urls import path

from products.views.cost_correct import CostCorrectView
from products.views.line_find import LineFindView
from products.views.stock_receive import StockReceiveView
from products.views.stock_sell import StockSellView

urlpatterns = [
    path("stock/receive", StockReceiveView.as_view(), name="stock_receive"),
    path("stock/sell", StockSellView.as_view(), name="stock_sell"),
    path("stock/lines", LineFindView.as_view(), name="line_find"),
    path("products/<int:pk>/cost", CostCorrectView.as_view(), name="cost_correct"),
]
