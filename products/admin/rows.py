"""The cells of a list's rows: what Django draws, worked out once a column.

Django finds out for every cell which field or method it shows, and how; with nine
columns that was half of the time of a page. A test holds the two equal.
"""

from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Any

from django.contrib.admin.templatetags.admin_list import items_for_result
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import display_for_field, display_for_value
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils import dateformat, numberformat, timezone
from django.utils.formats import get_format
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString

from products.models.stored import to_decimal

STORED = "stored_"

# Of a row: the classes of the cell, and its content as HTML.
Show = Callable[[Any], tuple[str, str]]


def draw_rows(changes: ChangeList) -> list[SafeString]:
    """Return the cells of each row of `changes`; no query of its own."""
    if changes.is_popup:  # its links say which row was chosen
        return [
            SafeString("".join(items_for_result(changes, row, None)))
            for row in changes.result_list
        ]
    columns = _columns(changes)
    address = _address(changes)
    return [_row(row, columns, address) for row in changes.result_list]


def _columns(changes: ChangeList) -> list[tuple[str, bool, Show]]:
    """Return the tag of each column, whether it leads to the row's page, and `Show`."""
    names: list[Any] = list(changes.list_display)
    links = changes.list_display_links
    linked = set(names[:1] if links is not None and not links else links or ())
    head = next((name for name in names if name in linked), None)
    return [
        ("th" if name == head else "td", name in linked, _show(name, changes))
        for name in names
    ]


def _address(changes: ChangeList) -> tuple[str, str]:
    """Return what stands before and after the id in the address of a row's page."""
    options = changes.opts
    name = f"admin:{options.app_label}_{options.model_name}_change"
    site = changes.model_admin.admin_site
    address = reverse(name, args=["0"], current_app=site.name)
    kept: Any = {"preserved_filters": changes.preserved_filters, "opts": options}
    before, middle, after = str(add_preserved_filters(kept, address)).partition("/0/")
    return escape(before + "/"), escape(middle[-1] + after)


def _row(
    row: Any, columns: list[tuple[str, bool, Show]], address: tuple[str, str]
) -> SafeString:
    cells = []
    for tag, is_link, show in columns:
        css, content = show(row)
        if is_link:
            content = f'<a href="{address[0]}{row.pk}{address[1]}">{content}</a>'
        cells.append(f'<{tag} class="{css}">{content}</{tag}>')
    return SafeString("".join(cells))  # each cell has escaped its content


def _show(name: str, changes: ChangeList) -> Show:
    empty = escape(changes.model_admin.get_empty_value_display())
    try:
        field = changes.lookup_opts.get_field(name)
    except FieldDoesNotExist:
        return _show_method(name, changes, empty)
    css = f"field-{name}"
    if isinstance(field, models.DateField | models.TimeField | models.ForeignKey):
        css += " nowrap"
    content = _content(field, empty)
    if name in decimals_of(changes.lookup_opts):
        return lambda row: (css, content(to_decimal(vars(row)[f"{STORED}{name}"])))
    return lambda row: (css, content(getattr(row, name)))


def decimals_of(options: Any) -> set[str]:
    """Return the names of the decimals; a list has them as STORED + name."""
    return {
        field.name
        for field in options.concrete_fields
        if isinstance(field, models.DecimalField)
    }


def _content(field: Any, empty: str) -> Callable[[Any], str]:
    """Return how a value of `field` is shown."""
    if getattr(field, "flatchoices", None):
        labels = {value: escape(label) for value, label in field.flatchoices}
        return lambda value: labels.get(value, empty)
    if field.remote_field:
        return lambda value: empty if value is None else escape(str(value))
    if isinstance(field, models.CharField | models.TextField):
        return lambda value: escape(value) if value and value.strip() else empty
    if isinstance(field, models.DateTimeField):
        pattern = get_format("DATETIME_FORMAT")
        return lambda value: (
            escape(dateformat.format(timezone.localtime(value), pattern))
            if value
            else empty
        )
    write = _number(field)
    if write is not None:
        return lambda value: empty if value is None else escape(write(value))
    return lambda value: escape(display_for_field(value, field, empty))


def _number(field: Any) -> Callable[[Any], str] | None:
    """Return how numbers of `field` are written in this language; None for others."""
    if isinstance(field, models.GeneratedField):
        field = field.output_field
    if not isinstance(field, models.DecimalField | models.IntegerField):
        return None
    return partial(
        numberformat.format,
        decimal_sep=get_format("DECIMAL_SEPARATOR"),
        decimal_pos=getattr(field, "decimal_places", None),
        grouping=get_format("NUMBER_GROUPING"),
        thousand_sep=get_format("THOUSAND_SEPARATOR"),
        use_l10n=True,
    )


def _show_method(name: str, changes: ChangeList, empty: str) -> Show:
    """Return how a method of the admin, or else of the row, is shown."""
    of_admin = None if name == "__str__" else getattr(changes.model_admin, name, None)
    css = "action-checkbox" if name == "action_checkbox" else f"field-{name}"

    def show(row: Any) -> tuple[str, str]:
        value = getattr(row, name)() if of_admin is None else of_admin(row)
        if isinstance(value, str) and not value.strip():
            value = ""
        is_time = isinstance(value, date | time)
        content = escape(display_for_value(value, empty))
        return f"{css} nowrap" if is_time else css, content

    return show
