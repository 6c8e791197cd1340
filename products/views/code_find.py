"""From a scanned or typed code to its product."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.generic import TemplateView

from products.fields import barcode_of
from products.models import Product
from products.views.base import Page

COLUMNS = (
    "name",
    "sku",
    "option1",
    "option2",
    "option3",
    "barcode",
    "status",
    "available",
    "image",
)


class CodeFindView(Page, TemplateView):
    """`?code=…` goes to the product that has the code, or says that none has it.

    A script asks with `format=json` or `Accept: application/json`, and is answered
    with the facts; see “Scanning” in docs/front-end.md. One query.
    """

    permission_required = "products.view_product"
    template_name = "products/code_find.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = self._answer(request.GET.get("code", "").strip())
        patch_vary_headers(response, ["Accept"])
        return response

    def _answer(self, code: str) -> HttpResponse:
        product = Product.objects.only(*COLUMNS).find_by_code(code)
        if _is_asked_by_script(self.request):
            return JsonResponse({"code": code} | self._facts(code, product))
        if product is not None:
            return redirect(product)
        if not code:
            return redirect("products:scan")
        return self.render_to_response(self._ways_on(code))

    def _facts(self, code: str, product: Product | None) -> dict[str, Any]:
        if product is None:
            return {"found": False, "add_url": self._add_url(code) or None}
        return {
            "found": True,
            "id": product.pk,
            "sku": product.sku,
            "name": product.name,
            "options": product.options,
            "barcode": product.barcode,
            "status": product.status,
            "available": product.available,
            "url": product.get_absolute_url(),
            "thumb": product.thumb_url or None,
        }

    def _ways_on(self, code: str) -> dict[str, str]:
        dashboard = reverse("products:dashboard")
        return {
            "code": code,
            "add_url": self._add_url(code),
            "search_url": f"{dashboard}?{urlencode({'q': code})}",
        }

    def _add_url(self, code: str) -> str:
        """Where a product with the code is added; empty for who may not."""
        if not self.request.user.has_perm("products.add_product"):
            return ""
        address = reverse("products:product_add")
        return f"{address}?{urlencode({'barcode': barcode_of(code)})}"


def _is_asked_by_script(request: HttpRequest) -> bool:
    if request.GET.get("format") == "json":
        return True
    known = ["text/html", "application/json"]
    return request.get_preferred_type(known) == "application/json"
