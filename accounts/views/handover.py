"""A link to hand over: kept in the session until the next page has shown it.

Not in a flash message: those may travel in a cookie, and the link lets people in.
"""

from typing import Final, TypedDict

from django.http import HttpRequest

SESSION_KEY: Final = "link_to_hand_over"


class Link(TypedDict):
    title: str
    text: str
    url: str


def put_link(request: HttpRequest, *, title: str, text: str, path: str) -> None:
    """Keep a link to `path` of this site, with what to say about it."""
    request.session[SESSION_KEY] = Link(
        title=title, text=text, url=request.build_absolute_uri(path)
    )


def take_link(request: HttpRequest) -> Link | None:
    """Return the link once; the next call returns None."""
    link: Link | None = request.session.pop(SESSION_KEY, None)
    return link
