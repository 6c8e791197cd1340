"""Serves the pictures of products to people who are signed in.

A web server in front passes /media/ on (docs/server): it doesn't know who asks.
"""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.generic import View

# Only names that products/services/pictures.py makes are ever opened: no dot but the
# last and no folder, so no way up, no hidden file and nothing that isn't a picture.
PICTURE_NAME = re.compile(r"products/[\w-]+\.webp", re.ASCII)


class MediaView(View):
    """One stored picture. A name is never used twice, so browsers keep it for good."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, name: str) -> FileResponse:
        if not PICTURE_NAME.fullmatch(name):
            raise Http404
        try:
            picture = default_storage.open(name)
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(picture, content_type="image/webp")
        # Private: a shared cache would serve it to people who are not signed in.
        response["Cache-Control"] = "private, max-age=31536000, immutable"
        response["X-Content-Type-Options"] = "nosniff"
        return response
