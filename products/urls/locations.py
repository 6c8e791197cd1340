"""The addresses of locations, and of what a product has at each."""

from django.urls import path

from products.views.level_edit import LevelEditView
from products.views.location_activate import LocationActivateView
from products.views.location_add import LocationAddView
from products.views.location_deactivate import LocationDeactivateView
from products.views.location_default import LocationDefaultView
from products.views.location_edit import LocationEditView
from products.views.location_list import LocationListView

urlpatterns = [
    path("stock/locations", LocationListView.as_view(), name="location_list"),
    path("stock/locations/new", LocationAddView.as_view(), name="location_add"),
    path("stock/locations/<int:pk>", LocationEditView.as_view(), name="location_edit"),
    path(
        "stock/locations/<int:pk>/deactivate",
        LocationDeactivateView.as_view(),
        name="location_deactivate",
    ),
    path(
        "stock/locations/<int:pk>/activate",
        LocationActivateView.as_view(),
        name="location_activate",
    ),
    path(
        "stock/locations/<int:pk>/default",
        LocationDefaultView.as_view(),
        name="location_default",
    ),
    path(
        "products/<int:pk>/locations/<int:location_pk>",
        LevelEditView.as_view(),
        name="level_edit",
    ),
]
