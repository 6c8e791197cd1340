"""The cells of a list's rows: what Django draws, worked out once a column.

Django finds out for every cell which field or method it shows, and how; with nine
columns that was half of the time of a page. A test holds the two equal.
"""

from collections.abc import Callable
from datetime import date, time
from functools import partial
from html import escape as escape_text
from operator import methodcaller
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_list import items_for_result
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import display_for_field, display_for_value
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from products.admin.writing import moment_writer, number_writer
from products.models.stored import to_decimal

STORED = "stored_"

Draw = Callable[[Any], str]  # of a row its cell, of a value its content; both HTML
Wrap = Callable[[Any, str], str]  # of a row and a content, the cell


def draw_rows(changes: ChangeList) -> list[SafeString]:
    """Return the cells of each row of `changes`; no query of its own."""
    if changes.is_popup:  # its links say which row was chosen
        return [
            SafeString("".join(items_for_result(changes, row, None)))
            for row in changes.result_list
        ]
    cells = _cells(changes)
    return [
        SafeString("".join([draw(row) for draw in cells]))  # each escapes its content
        for row in changes.result_list
    ]


def _cells(changes: ChangeList) -> list[Draw]:
    """Return what draws the cells of each column."""
    names: list[Any] = list(changes.list_display)
    links = changes.list_display_links
    linked = set(names[:1] if links is not None and not links else links or ())
    head = next((name for name in names if name in linked), None)
    address = _address(changes)
    return [
        _column(
            name,
            changes,
            partial(
                _wrap,
                "th" if name == head else "td",
                address if name in linked else None,
            ),
        )
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


def _wrap(tag: str, address: tuple[str, str] | None, css: str) -> Wrap:
    """Return what makes cells of these classes; with an address they lead there."""
    start, end = f'<{tag} class="{css}">', f"</{tag}>"
    if address is None:
        return lambda _row, content: f"{start}{content}{end}"
    before, after = f'{start}<a href="{address[0]}', f'{address[1]}">'
    return lambda row, content: f"{before}{row.pk}{after}{content}</a>{end}"


def _column(name: str, changes: ChangeList, wrap: Callable[[str], Wrap]) -> Draw:
    """Return what draws the cells of a column, wrapped for their classes by `wrap`."""
    empty = escape(changes.model_admin.get_empty_value_display())
    css = f"field-{name}"
    if name == "action_checkbox":
        return _boxes(wrap("action-checkbox"))
    try:
        field = changes.lookup_opts.get_field(name)
    except FieldDoesNotExist:
        of_row = name == "__str__" or not hasattr(changes.model_admin, name)
        ask = methodcaller(name) if of_row else getattr(changes.model_admin, name)
        return _said(ask, (wrap(css), wrap(f"{css} nowrap")), empty)
    if isinstance(field, models.DateField | models.TimeField | models.ForeignKey):
        css += " nowrap"
    cell, content = wrap(css), _content(field, empty)
    if name in decimals_of(changes.lookup_opts):
        stored = f"{STORED}{name}"
        return lambda row: cell(row, content(to_decimal(vars(row)[stored])))
    return lambda row: cell(row, content(getattr(row, name)))


def decimals_of(options: Any) -> set[str]:
    """Return the names of the decimals; a list has them as STORED + name."""
    return {
        field.name
        for field in options.concrete_fields
        if isinstance(field, models.DecimalField)
    }


def _boxes(cell: Wrap) -> Draw:
    """Return what draws the boxes to tick; Django has a template drawn for each."""
    words = escape(_("Select this object for an action - {}"))
    start = f'<input type="checkbox" name="{ACTION_CHECKBOX_NAME}" value="'
    middle = '" class="action-select" aria-label="'

    def draw(row: Any) -> str:
        return cell(
            row, f'{start}{row.pk}{middle}{words.format(escape_text(str(row)))}">'
        )

    return draw


def _content(field: Any, empty: str) -> Draw:
    """Return how a value of `field` is shown."""
    if getattr(field, "flatchoices", None):
        labels = {value: escape(label) for value, label in field.flatchoices}
        return lambda value: labels.get(value, empty)
    if field.remote_field:
        return lambda value: empty if value is None else escape_text(str(value))
    if isinstance(field, models.CharField | models.TextField):
        return lambda value: escape_text(value) if value and value.strip() else empty
    if isinstance(field, models.DateTimeField):
        write_moment = moment_writer()
        return lambda value: escape_text(write_moment(value)) if value else empty
    if isinstance(field, models.GeneratedField):
        field = field.output_field
    if isinstance(field, models.DecimalField | models.IntegerField):
        write = number_writer(getattr(field, "decimal_places", None))
        return lambda value: empty if value is None else escape_text(str(write(value)))
    return lambda value: escape(display_for_field(value, field, empty))


def _said(ask: Callable[[Any], Any], cells: tuple[Wrap, Wrap], empty: str) -> Draw:
    """Return how is shown what a method says; the second cell is for times."""
    usual, of_time = cells

    def draw(row: Any) -> str:
        said = ask(row)
        if isinstance(said, str):
            return usual(row, escape(said) if said.strip() else empty)
        cell = of_time if isinstance(said, date | time) else usual
        return cell(row, escape(display_for_value(said, empty)))

    return draw
