"""The filters above a list, drawn by a stencil."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

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
    values = (field.id_for_label, str(field.label), field.as_widget())
    return FILTER.fill([(values, (is_set,))])
