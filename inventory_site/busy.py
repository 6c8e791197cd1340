"""The page for a database that others hold too long: nothing was saved, try again."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader

from inventory_site.security.requests import current_id

RETRY_AFTER = 30  # seconds
LOCK_WAIT_TIMEOUT = 1205  # of MariaDB and MySQL


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an uncaught exception: 503 where waiting helps, else 500 with its number.

    Django calls this while it handles the exception.
    """
    error = sys.exc_info()[1]
    if not (isinstance(error, OperationalError) and is_busy(error)):
        page = loader.get_template("500.html").render({"request_id": current_id()})
        return HttpResponseServerError(page)
    page = loader.get_template("503.html").render()
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def is_busy(error: OperationalError) -> bool:
    """Say whether the database gave up waiting for another writer."""
    code = error.args[0] if error.args else ""
    return code == LOCK_WAIT_TIMEOUT or "is locked" in str(code)
