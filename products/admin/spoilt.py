"""Rows that can't be read: SQLite stores any text in any column."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from products.reports.stored import UNREADABLE


class UnreadableRow(Exception):
    """The row is there, but a value in it is no number or no time."""


class SpoiltRowMixin:
    """Says on the front page that a product can't be opened, instead of breaking."""

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get_object(*args, **kwargs)  # type: ignore[misc]  # of the admin mixed in
        except UNREADABLE as error:
            raise UnreadableRow from error

    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        try:
            response: HttpResponse = super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]  # the same
        except UnreadableRow:
            return _to_the_front(request)
        return response

    def delete_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        try:
            response: HttpResponse = super().delete_view(request, *args, **kwargs)  # type: ignore[misc]  # the same
        except UnreadableRow:
            return _to_the_front(request)
        return response

    def history_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        try:
            response: HttpResponse = super().history_view(request, *args, **kwargs)  # type: ignore[misc]  # the same
        except UnreadableRow:
            return _to_the_front(request)
        return response


def _to_the_front(request: HttpRequest) -> HttpResponse:
    text = _("A stored value of this product is damaged. Nothing was done.")
    messages.error(request, text)
    return HttpResponseRedirect(reverse("admin:index"))
