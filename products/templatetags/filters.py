"""The filters above a list, drawn by a stencil."""

from functools import lru_cache

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from products.forms.filters import ListFilterForm
from products.templatetags.drawing import Stencil

register = template.Library()

FILTER = Stencil(
    "components/filter.html", values=("id", "label", "control"), choices=("is_set",)
)


@register.simple_tag
def list_filter(field: BoundField, *, is_set: bool | None = None) -> SafeString:
    """Draw a field that filters or sorts a list, tinted when set.

    Whether it is set its form says, unless that is said.
    """
    if is_set is None:
        is_set = field.name in getattr(field.form, "state", ())
    if isinstance(field.form, ListFilterForm):
        chosen = field.form.data.get(field.name, "")
        values = _shared(type(field.form), field.name, chosen, get_language())
    else:
        values = _values(field)
    return FILTER.fill([(values, (is_set,))])


# Its fields are the same for everybody, and few of them change from page to page.
@lru_cache(maxsize=32)
def _shared(
    form: type[ListFilterForm], name: str, chosen: str, _language: str | None
) -> tuple[str, str, SafeString]:
    return _values(form({name: chosen})[name])


def _values(field: BoundField) -> tuple[str, str, SafeString]:
    return field.id_for_label, str(field.label), field.as_widget()
