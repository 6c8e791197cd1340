"""Parts of the admin's lists, by stencils: what Django draws node by node.

A filter, a headline or a link to a page is drawn once for each shape and then filled in
(see drawing.py); the markup is Django's.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.encoding import iri_to_uri
from django.utils.formats import localize
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from products.templatetags.drawing import Stencil, Value

register = template.Library()

LINKS = ("url_primary", "url_toggle", "url_remove")
HEADLINE = Stencil(
    "admin/products/headline.html",
    values=("text", "class_attrib", *LINKS),
    choices=("sortable", "sorted", "ascending"),
)
CHOICE = Stencil(
    "admin/products/filter_choice.html",
    values=("url", "display"),
    choices=("is_selected",),
)
BOX = Stencil(
    "admin/products/filter_box.html",
    values=("attributes", "others", "chosen.pk", "chosen.name", "all_url", "none_url"),
    choices=("is_none",),
)
PAGE = Stencil(
    "admin/products/page_link.html",
    values=("url", "label", "title"),
    choices=("is_current",),
)
ACTIONS = Stencil(
    "admin/products/action_bar.html",
    values=("index", "on_page", "note", "note_all", "total_count", "module_name"),
    choices=("actions", "is_capped", "has_counter", "has_more"),
)


@register.simple_tag
def headlines(headers: Iterable[Mapping[str, Any]]) -> SafeString:
    """Draw what stands over the columns, as `result_headers` tells of it."""
    return HEADLINE.fill(
        (
            (
                _capitalized(header["text"]),
                header["class_attrib"],
                *(header.get(link) for link in LINKS),
            ),
            [bool(header.get(name)) for name in HEADLINE.choices],
        )
        for header in headers
    )


@register.simple_tag
def filter_choices(choices: Iterable[Mapping[str, Any]]) -> SafeString:
    """Draw the links of a filter."""
    return CHOICE.fill(
        (
            (iri_to_uri(choice["query_string"]), str(choice["display"])),
            (bool(choice["selected"]),),
        )
        for choice in choices
    )


@register.simple_tag
def filter_boxes(choices: Iterable[Mapping[str, Any]]) -> SafeString:
    """Draw the box of a filter by one of many rows; see `ChosenFilter.choices`."""
    return BOX.fill(
        (
            (
                choice["attributes"],
                _hidden(choice["others"]),
                choice["chosen"] and choice["chosen"].pk,
                choice["chosen"] and str(choice["chosen"]),
                iri_to_uri(choice["all_url"]),
                iri_to_uri(choice["none_url"]),
            ),
            (choice["is_none"],),
        )
        for choice in choices
    )


@register.simple_tag
def page_links(pages: Iterable[Any]) -> SafeString:
    """Draw the line of pages."""
    return PAGE.fill(
        ((page.url, page.label, page.title), (page.is_current,)) for page in pages
    )


@register.simple_tag(takes_context=True)
def action_bar(context: template.Context) -> SafeString:
    """Draw the choice of actions and how many rows are chosen, as `admin_actions`.

    The form itself is asked only when an action is sent.
    """
    changes = context["cl"]
    pairs = context["action_form"].fields["action"].choices
    on_page = len(changes.result_list)
    values: list[Value] = [
        str(context.get("action_index") or 0),
        str(on_page),
        context["selection_note"],
        context["selection_note_all"],
        str(localize(changes.result_count)),
        context["module_name"],
    ]
    choices = (
        tuple((key, str(words)) for key, words in pairs),
        changes.is_capped,
        bool(context["actions_selection_counter"]),
        changes.result_count != on_page,
    )
    return ACTIONS.fill([(values, choices)])


def _hidden(fields: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)


def _capitalized(text: Any) -> Value:
    """Return a headline, which begins with a capital if it is no HTML."""
    return text if isinstance(text, SafeString) else str(capfirst(text))
