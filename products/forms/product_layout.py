"""How the product form is laid out: sections, widths, and what stands above a field."""

from typing import Any

from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from products.forms.questions import currency_symbol

Words = str | Promise
MONEY_TEMPLATE = "bootstrap5/layout/prepended_appended_text.html"


class Section(Fieldset):
    """A fieldset with a line under its legend; see templates/bootstrap5/layout."""

    def __init__(self, legend: Words, hint: Words, *fields: Any) -> None:
        super().__init__(legend, *fields)
        self.hint = hint


class Asked(Field):
    """A field; above it the question when somebody else has changed it too.

    A field the form doesn't have (no permission, no group) is left out.
    """

    def __init__(self, name: str, wrapper_class: str = "", **attrs: Any) -> None:
        super().__init__(name, wrapper_class=wrapper_class, **attrs)
        self.name = name

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        if self.name not in form.fields:
            return ""
        rendered: str = super().render(form, context, *args, **kwargs)
        question = getattr(form, "questions", {}).get(self.name)
        if question is None:
            return rendered
        asked = {"question": question, "id": form[self.name].auto_id}
        return render_to_string("components/conflict.html", asked) + rendered


class Money(Asked):
    """An amount with the sign of the shop's currency before it."""

    template = MONEY_TEMPLATE

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        sign = {"crispy_prepended_text": currency_symbol()}
        return super().render(form, context, *args, extra_context=sign, **kwargs)


def product_layout(*, stock_hint: Words, further: tuple[Section, ...] = ()) -> Layout:
    """Return the sections, with `further` ones after them.

    The sheet around them ends with the form's actions.
    """
    return Layout(
        Asked("once_key"),
        Asked("version"),
        Asked("quantity_seen"),
        Div(
            _product_section(),
            _codes_section(),
            _price_section(),
            _stock_section(stock_hint),
            *further,
            HTML('{% include "products/product_form_actions.html" %}'),
            css_class="panel",
        ),
    )


def _product_section() -> Section:
    half = "f-3 f-full"
    return Section(
        _("Product"),
        _("What customers and colleagues see."),
        Asked("name"),
        Asked("option1", "f-2 f-full"),
        Asked("option2", "f-2 f-full"),
        Asked("option3", "f-2 f-full"),
        Asked("category", half),
        Asked("brand", half),
        Asked("description"),
        Asked("image", template="products/product_form_picture.html"),
        Asked("tags", half),
        Asked("status", half),
    )


def _codes_section() -> Section:
    return Section(
        _("Codes"),
        _("How scanners and files find it."),
        Asked("sku", "f-3 f-full"),
        Asked("barcode", "f-3 f-full"),
    )


def _price_section() -> Section:
    return Section(
        _("Price"),
        _("For one unit."),
        Money("price", "f-3"),
        Money("cost", "f-3"),
    )


def _stock_section(hint: Words) -> Section:
    return Section(
        _("Stock"),
        hint,
        Asked("quantity", "f-2"),
        Asked("reorder_point", "f-2"),
        Asked("reorder_quantity", "f-2"),
        Asked("reason"),
        Asked("supplier_name", "f-3 f-full"),
        Asked("weight", "f-3 f-full"),
    )


def variants_section() -> Section:
    """Return the way to variants, for a product that is not stored yet."""
    return Section(
        _("Variants"),
        _("Several sizes or colours? One SKU for each."),
        HTML('{% include "products/product_form_variants.html" %}'),
    )
