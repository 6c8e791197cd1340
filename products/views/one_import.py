"""Pages about one import, and its steps."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import View

from products.models import ImportRun
from products.views.base import Page


class OneImport(Page):
    """Loads the run with what is said about it everywhere."""

    permission_required: str | tuple[str, ...] = "products.import_products"
    kwargs: dict[str, Any]

    def get_queryset(self) -> QuerySet[ImportRun]:
        undoing = "operation__reversed_by"
        return ImportRun.objects.select_related(
            f"{undoing}__import_undo", f"{undoing}__reversed_by", "location"
        )

    @cached_property
    def run(self) -> ImportRun:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])


class ImportPage(OneImport, View):
    """An address of an import that only answers."""

    http_method_names = ["get", "head", "options"]


class ImportButton(OneImport, View):
    """A step by a button alone, which leads back to the import."""

    http_method_names = ["post", "options"]
