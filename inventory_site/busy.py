"""What an uncaught error is answered with: busy, damaged, or broken."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader

from inventory_site.damaged import damaged, unreadable_in
from inventory_site.security.requests import current_id

RETRY_AFTER = 30  # seconds
LOCK_WAIT_TIMEOUT = 1205  # of MariaDB and MySQL


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an uncaught exception: 503 where waiting helps, 409 where nothing does.

    That is what can't be read; anything else is a 500 with its number. Django calls
    this while it handles the exception.
    """
    error = sys.exc_info()[1]
    unreadable = unreadable_in(error)
    if unreadable is not None:
        return damaged(unreadable)
    if not (isinstance(error, OperationalError) and is_busy(error)):
        page = loader.get_template("500.html").render({"request_id": current_id()})
        return HttpResponseServerError(page)
    page = loader.get_template("503.html").render()
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def is_busy(error: OperationalError) -> bool:
    """Say whether the database gave up waiting for another writer."""
    code = error.args[0] if error.args else ""
    return code == LOCK_WAIT_TIMEOUT or "is locked" in str(code)
