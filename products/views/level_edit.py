"""Where a product stands at one location, and when it is ordered for there."""

from typing import Any, cast

from django.forms import BaseForm
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from products.forms.levels import LevelForm
from products.models import Location, Operation
from products.reports.levels import has_several_locations
from products.services.shelves import Arrangement, arrange_level
from products.services.stock import Place
from products.views.dialogs import ProductDialog
from products.views.location_forms import stock_locations


class LevelEditView(ProductDialog):
    """Shelf code and the location's own reorder figures."""

    permission_required = "products.change_product"
    form_class = LevelForm
    template_name = "products/level_edit.html"

    @cached_property
    def location(self) -> Location:
        location = stock_locations().filter(pk=self.kwargs["location_pk"]).first()
        if location is None:
            raise Http404
        return location

    @cached_property
    def stored(self) -> Arrangement:
        """What is there now; nothing before anything stood there."""
        levels = self.object.levels.filter(location=self.location)
        names = ("shelf", "reorder_point", "reorder_quantity")
        known = levels.values_list(*names).first()
        return Arrangement(*known) if known else Arrangement()

    @cached_property
    def has_several_locations(self) -> bool:
        return has_several_locations()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "has_several_locations": self.has_several_locations
        }

    def get_initial(self) -> dict[str, Any]:
        return {
            "shelf": self.stored.shelf,
            "reorder_point": self.stored.reorder_point,
            "reorder_quantity": self.stored.reorder_quantity,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "location": self.location,
            "has_several_locations": self.has_several_locations,
        }

    def get_success_url(self) -> str:
        return reverse("products:product_detail", args=[self.kwargs["pk"]])

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        arrange_level(
            place=Place(self.object.pk, self.location.pk),
            wanted=cast("LevelForm", form).arrangement(self.stored),
        )
        if self.has_several_locations:
            text = _("Saved for “%(name)s” at %(location)s.")
        else:
            text = _("Shelf of “%(name)s” saved.")
        facts = {"name": self.object.name, "location": self.location.name}
        return text % facts, None
