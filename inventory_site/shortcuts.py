"""The keys that the pages listen to, and the switch that makes them deaf."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from inventory_site.remembered import remember, remembered

OFF = "off"
COOKIE = "shortcuts"  # which js/shortcuts.js reads; there is none while on


@dataclass(frozen=True, slots=True)
class Going:
    """A page that “g” and a letter lead to: `data-go` of its link in the navigation."""

    letter: str
    name: Promise
    permission: str


GOINGS = (
    Going("d", _("Dashboard"), "products.view_product"),
    Going("r", _("Receive"), "products.adjust_stock"),
    Going("s", _("Sell"), "products.adjust_stock"),
    Going("c", pgettext_lazy("stock", "Count"), "products.view_stocktake"),
    Going("t", _("Transfers"), "products.view_transfer"),
    Going("o", _("Reorder list"), "products.view_product"),
    Going("h", _("History"), "products.view_operation"),
    Going("i", _("Import"), "products.import_products"),
    Going("m", _("Movements"), "products.view_stockmovement"),
)


def are_off(request: HttpRequest) -> bool:
    return remembered(request, COOKIE) == OFF


class ShortcutListView(TemplateView):
    """All shortcuts; a POST switches those of a single key off, or on again.

    A cookie remembers it, as with light and dark: it is a matter of this keyboard
    and of the voice or the hands before it.
    """

    template_name = "shortcut_list.html"
    http_method_names = ["get", "head", "post"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm
        goings = [going for going in GOINGS if may(going.permission)]
        return super().get_context_data(**kwargs) | {
            "goings": goings,
            "are_off": are_off(self.request),
            "is_only_read": True,
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        is_off = request.POST.get("switch") == OFF
        if request.htmx:  # type: ignore[attr-defined]  # django-htmx's middleware
            context = self.get_context_data() | {"are_off": is_off}
            response: HttpResponse = self.render_to_response(context)
        else:
            response = HttpResponseRedirect(request.path)
        remember(response, COOKIE, OFF if is_off else "")
        return response
