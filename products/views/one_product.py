"""Pages about one product, which somebody else may delete meanwhile."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from products.forms.questions import day_and_time
from products.models import Product, ProductChange
from products.models.product_queries import ProductQuerySet
from products.reports.deletions import last_deletion
from products.views.base import DeletePage, Page
from products.views.once import OncePage
from products.views.undoing import may_undo


class OneProduct(Page):
    """Loads the product with its relations; says who deleted it when it is gone.

    An id that never was is a 404. A page of a deleted product is one too, with the way
    to bring it back for who may; a form sent for one is answered with a message.
    """

    def get_queryset(self) -> ProductQuerySet:
        return Product.objects.select_related("category", "brand", "group")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().dispatch(request, *args, **kwargs)
        except Http404:
            gone = last_deletion(kwargs["pk"])
            if gone is None:
                raise
            return self._say_gone(request, gone)
        return response

    def _say_gone(self, request: HttpRequest, gone: ProductChange) -> HttpResponse:
        can_undo = may_undo(request.user, gone.operation)
        if request.method == "POST":
            text = _("Nothing was done: %(by)s deleted “%(name)s” %(at)s.") % {
                "by": gone.operation.actor_label,
                "name": (gone.before or {}).get("name", gone.sku),
                "at": day_and_time(gone.operation.created_at),
            }
            undo = f"undo-{gone.operation_id}" if can_undo else ""
            messages.warning(request, text, extra_tags=undo)
            return self.go_to(reverse("products:dashboard"))
        if not can_undo:
            raise Http404
        return render(request, "products/product_gone.html", status=404)


class ProductFormPage(OneProduct, OncePage, DeletePage):
    """A page with a product and a form that is not the product's own.

    Django's delete view is the one that shows an object with such a form.
    """

    context_object_name = "product"

    object: Product
