"""The addresses of what was done, of taking it back, and of the closing date."""

from django.urls import path

from products.views.closing import ClosingView
from products.views.operation_detail import OperationDetailView
from products.views.operation_list import OperationListView
from products.views.operation_undo import OperationUndoView

urlpatterns = [
    path("reports/closing", ClosingView.as_view(), name="closing"),
    path("stock/operations", OperationListView.as_view(), name="operation_list"),
    path(
        "stock/operations/<int:pk>",
        OperationDetailView.as_view(),
        name="operation_detail",
    ),
    path(
        "stock/operations/<int:pk>/undo",
        OperationUndoView.as_view(),
        name="operation_undo",
    ),
]
