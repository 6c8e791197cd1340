"""Buttons beside a location, which act at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import View

from products.errors import InventoryError
from products.models import Location
from products.views.base import Page
from products.views.location_forms import stock_locations


class LocationButton(Page, View):
    """By POST only; says what happened on the list of locations."""

    permission_required = "products.change_location"
    http_method_names = ["post"]

    def act(self, location: Location) -> str:
        """Call the service; return the message. May raise InventoryError."""
        raise NotImplementedError

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        location = get_object_or_404(stock_locations(), pk=pk)
        try:
            messages.success(request, self.act(location))
        except InventoryError as refusal:
            messages.error(request, refusal.message)
        return self.go_to(reverse("products:location_list"))
