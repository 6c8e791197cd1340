"""Pages whose form shows a chosen picture before it is sent."""

from typing import Final

from csp.decorators import csp_update
from django.utils.decorators import method_decorator

# The browser shows a file it has not sent as `blob:`, which no other page may show.
previews_picture: Final = method_decorator(
    csp_update({"img-src": ["blob:"]}), name="dispatch"
)
