"""What a browser is told to forget when somebody signs out."""

from typing import Final

from django.conf import settings
from django.http.response import HttpResponseBase

NAME: Final = "signed-out"  # read, and taken away, by static/js/sign-out.js
NOBODY: Final = 0


def let_browser_forget(response: HttpResponseBase, person_pk: int | None) -> None:
    """Let the browser drop pictures, drafts, and the counts of this person.

    Drafts and counts are dropped by a script, which the cookie tells: the header's
    "storage" would take along what somebody else has counted and not sent. Without a
    person counts stay.
    """
    response.headers["Clear-Site-Data"] = '"cache"'
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(
        f"{'__Host-' if secure else ''}{NAME}",
        str(person_pk or NOBODY),
        secure=secure,
        samesite="Lax",
    )
