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
def list_filter(field: BoundField, is_set: object = None) -> SafeString:
    """Draw a field that filters or sorts a list, tinted when set."""
    values = (field.id_for_label, str(field.label), field.as_widget())
    return FILTER.fill([(values, (bool(is_set),))])
