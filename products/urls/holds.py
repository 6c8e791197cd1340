"""The addresses of holds, and of the sums behind a product's figures."""

from django.urls import path

from products.views.hold_add import HoldAddView
from products.views.hold_fulfil import HoldFulfilView
from products.views.hold_list import HoldListView
from products.views.hold_release import HoldReleaseView
from products.views.hold_renew import HoldRenewView
from products.views.product_explain import ProductExplainView

urlpatterns = [
    path("stock/holds", HoldListView.as_view(), name="hold_list"),
    path("stock/holds/new", HoldAddView.as_view(), name="hold_add"),
    path("stock/holds/renew", HoldRenewView.as_view(), name="hold_renew"),
    path("stock/holds/release", HoldReleaseView.as_view(), name="hold_release"),
    path("stock/holds/fulfil", HoldFulfilView.as_view(), name="hold_fulfil"),
    path(
        "products/<int:pk>/explain/<slug:figure>",
        ProductExplainView.as_view(),
        name="product_explain",
    ),
]
