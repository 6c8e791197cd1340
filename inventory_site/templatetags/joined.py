"""What every page loads: one file once it is collected, its parts until then."""

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

from inventory_site.static_files import JOINED

register = template.Library()


@register.simple_tag
def joined(name: str) -> list[str]:
    """Return what to load for one of static_files.JOINED: addresses, in order."""
    is_collected = getattr(staticfiles_storage, "hashed_files", None)
    return [static(part) for part in ([name] if is_collected else JOINED[name])]
