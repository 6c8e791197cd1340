"""One question about one product: a dialog over another page, or a page of its own."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect, reswap, trigger_client_event

from products.views.base import address_behind, htmx_of
from products.views.one_product import ProductFormPage


class ProductDialog(ProductFormPage):
    """Asks about a product and does what is answered.

    Answered over the dashboard, the dialog closes, the flash appears, and
    `changed_event` makes the list come anew. Over any other page that one is loaded
    again, unless it `leaves_page`.
    """

    changed_event = "product:changed"
    leaves_page = False

    def go_to(self, url: str) -> HttpResponse:
        if not htmx_of(self.request):
            return super().go_to(url)
        behind = page_behind(self.request) or url
        if urlsplit(behind).path == reverse("products:dashboard"):
            return self._close()
        return HttpResponseClientRedirect(url if self.leaves_page else behind)

    def _close(self) -> HttpResponse:
        response = render(self.request, "components/flash.html", {"oob": True})
        # The dialog keeps its content until it is out of sight.
        reswap(response, "none")
        trigger_client_event(response, "dialog:close")
        trigger_client_event(response, self.changed_event)
        return response


def page_behind(request: HttpRequest) -> str:
    """Return the page under the dialog, as the browser says; "" when strange."""
    behind = address_behind(request)
    is_ours = url_has_allowed_host_and_scheme(behind, allowed_hosts=None)
    return behind if is_ours else ""
