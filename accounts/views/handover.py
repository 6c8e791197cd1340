"""A link to hand over: kept in the session until the next page has shown it.

Not in a flash message: those may travel in a cookie, and the link lets people in.
"""

from typing import Final, TypedDict

from django.conf import settings
from django.http import HttpRequest

from accounts.links import link_to

SESSION_KEY: Final = "link_to_hand_over"


class Link(TypedDict):
    title: str
    text: str
    url: str


def put_link(request: HttpRequest, *, title: str, text: str, path: str) -> None:
    """Keep a link to `path` of this site, with what to say about it.

    Without SITE_URL it begins as the page the admin looks at: he reached it there.
    """
    url = link_to(path) if settings.SITE_URL else request.build_absolute_uri(path)
    request.session[SESSION_KEY] = Link(title=title, text=text, url=url)


def take_link(request: HttpRequest) -> Link | None:
    """Return the link once; the next call returns None."""
    link: Link | None = request.session.pop(SESSION_KEY, None)
    return link
