"""The addresses of transfers."""

from django.urls import path

from products.views.transfer_add import TransferAddView
from products.views.transfer_cancel import TransferCancelView
from products.views.transfer_detail import TransferDetailView
from products.views.transfer_edit import TransferEditView
from products.views.transfer_list import TransferListView
from products.views.transfer_receive import TransferReceiveView
from products.views.transfer_send import TransferSendView

urlpatterns = [
    path("stock/transfers", TransferListView.as_view(), name="transfer_list"),
    path("stock/transfers/new", TransferAddView.as_view(), name="transfer_add"),
    path(
        "stock/transfers/<int:pk>",
        TransferDetailView.as_view(),
        name="transfer_detail",
    ),
    path(
        "stock/transfers/<int:pk>/edit",
        TransferEditView.as_view(),
        name="transfer_edit",
    ),
    path(
        "stock/transfers/<int:pk>/send",
        TransferSendView.as_view(),
        name="transfer_send",
    ),
    path(
        "stock/transfers/<int:pk>/receive",
        TransferReceiveView.as_view(),
        name="transfer_receive",
    ),
    path(
        "stock/transfers/<int:pk>/cancel",
        TransferCancelView.as_view(),
        name="transfer_cancel",
    ),
]
