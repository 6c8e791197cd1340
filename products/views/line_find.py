"""A line for what was scanned or typed into a document, as document.js asks for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.generic import View

from products.forms.document_lines import DocumentLines
from products.forms.questions import currency_symbol
from products.models import Location, Product
from products.reports.codes import products_matching
from products.views.base import Page
from products.views.documents import MOST_CHOICES, product_of, several, unknown


class LineFindView(Page, View):
    """`?q=` is a code or a part of a name, `?product=` an id.

    With `for=receive`, `for=sell`, `for=transfer` or `for=hold`, and `location`; a hold
    without one is of stock anywhere. Answers JSON: one product as the row of a table,
    whose number is `__n__`; else what the status line says, with the choices there are.
    Four queries at most.
    """

    permission_required = "products.adjust_stock"
    http_method_names = ["get", "head", "options"]

    def has_permission(self) -> bool:
        """Let those in too who may transfer or hold only."""
        others = ("products.transfer_stock", "products.hold_stock")
        may_others = any(self.request.user.has_perm(name) for name in others)
        return may_others or super().has_permission()

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET
        code = asked.get("q", "").strip()
        if "product" in asked:
            product = product_of(asked["product"])
            products = [product] if product else []
        else:
            products = products_matching(code, MOST_CHOICES + 1)
        if len(products) == 1:
            return JsonResponse(self._line(products[0]))
        said = several(code, products) if products else unknown(request.user, code)
        return JsonResponse(
            {
                "found": False,
                "text": said.text,
                "add_url": said.add_url or None,
                "choices": [
                    {
                        "id": choice.pk,
                        "name": choice.name,
                        "options": choice.options,
                        "sku": choice.sku,
                    }
                    for choice in said.choices
                ],
            }
        )

    def _line(self, product: Product) -> dict[str, Any]:
        is_receipt = self.request.GET.get("for") == "receive"
        sees_cost = self.request.user.has_perm("products.view_cost")
        lines = DocumentLines(self._place_id(), with_cost=is_receipt and sees_cost)
        lines.add([(product, 1)])
        (line,) = lines
        context = {
            "line": line,
            "n": "__n__",
            "asks_cost": lines.with_cost,
            "sign": currency_symbol(),
            "is_receipt": is_receipt,
        }
        row = render_to_string("products/document/row.html", context, self.request)
        return {"found": True, "id": product.pk, "name": product.name, "row": row}

    def _place_id(self) -> int | None:
        """The named location, else the one that comes first; None is anywhere."""
        places = Location.objects.places()
        asked = self.request.GET.get("location", "")
        if not asked and self.request.GET.get("for") == "hold":
            return None
        return [*(each for each in places if str(each.pk) == asked), *places][0].pk
