"""Lists of the admin that cost the same with a million rows as with a hundred."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from products.admin.changelist import IndexedChangeList
from products.admin.paging import EXACT_UP_TO, CappedPaginator

PER_PAGE = 25
# What an address may ask of the columns that are filters: each has its index.
LOOKUPS = {"", "exact", "id__exact", "isnull", "gte", "lt"}


class IndexedAdmin(admin.ModelAdmin):
    """A list whose count is capped, whose orders have indexes, and whose filters too.

    `list_only` names the columns to read, with those of the related rows, "" for all.
    `sortable_by` names the columns with an index, `ordering` an index's whole order.
    """

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = PER_PAGE
    list_only: Sequence[str] = ()
    sortable_by: ClassVar[list[str] | tuple[str, ...] | None] = ()

    @property
    def media(self) -> Media:
        """What the boxes of filters need, where there is one."""
        boxes = [item for item in self.list_filter if isinstance(item, tuple)]
        extra = AutocompleteSelect(None, self.admin_site).media if boxes else Media()
        return super().media + extra

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        kept = {"media": _drawn_media(self, get_language())}
        response: HttpResponse = super().changelist_view(
            request, kept | (extra_context or {})
        )
        return response

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return IndexedChangeList

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Refuse what Django takes: any lookup of any column, most without an index.

        What is no column is left to Django, which answers with the whole list.
        """
        column, _separator, rest = lookup.partition("__")
        try:
            self.opts.get_field(column)
        except FieldDoesNotExist:
            return True
        return column in self._filtered(request) and rest in LOOKUPS

    def _filtered(self, request: HttpRequest) -> set[str]:
        names = set()
        for item in self.get_list_filter(request):
            name = item[0] if isinstance(item, tuple | list) else item
            names.add(str(getattr(name, "parameter_name", name)))
        return names

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """Do no action on more rows at once than are counted."""
        across = request.POST.get("select_across") not in {None, "", "0"}
        if across and queryset.order_by()[: EXACT_UP_TO + 1].count() > EXACT_UP_TO:
            text = _("That is too many rows at once. Filter or search the list first.")
            messages.error(request, text)
            return HttpResponseRedirect(request.get_full_path())
        response: HttpResponse | None = super().response_action(
            request, queryset, *args, **kwargs
        )
        return response


@lru_cache(maxsize=100)
def _drawn_media(one: IndexedAdmin, _language: str | None) -> dict[str, str]:
    """Return the styles and scripts of a list: Django sorts them for each page.

    The boxes of filters have a script for each language.
    """
    return {kind: str(one.media[kind]) for kind in ("css", "js")}
