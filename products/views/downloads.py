"""Answers that a browser saves as a file."""

from django.utils.http import content_disposition_header


def as_attachment(name: str) -> str:
    """Return the header that makes a browser save an answer under `name`."""
    return content_disposition_header(as_attachment=True, filename=name) or ""
