"""The addresses of scanning."""

from django.urls import path

from products.views.code_find import CodeFindView
from products.views.scan import ScanView

urlpatterns = [
    path("products/code", CodeFindView.as_view(), name="code_find"),
    path("products/scan", ScanView.as_view(), name="scan"),
]
