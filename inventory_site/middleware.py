"""What each answer says to browsers and caches, and which methods are answered."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.security import SecurityMiddleware
from django.urls import ResolverMatch

from inventory_site.slashes import without_slash

HEADERS: Final = {
    "Cross-Origin-Resource-Policy": "same-origin",
    # The page that scans names the camera in a header of its own.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Every page but the doors is somebody's own: kept by no cache on the way, and not
    # by the browser's, whose Back would show it after signing out.
    "Cache-Control": "private, no-store",
}
READ: Final = ("GET", "HEAD")
READ_AND_POST: Final = (*READ, "POST")
# What Django's admin takes a form at; its other pages only show something.
ADMIN_FORMS: Final = (
    "_add",
    "_change",
    "_changelist",
    "_delete",
    "login",
    "logout",
    "password_change",
)


class AnswerHeadersMiddleware:
    """Puts on every answer what its maker left out.

    The outermost, so that a static file has it, and an error that some middleware made
    before any page was asked for, Django's own security headers among them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.django = SecurityMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        self.django.process_response(request, response)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class MethodsMiddleware:
    """Answers 405 to a method that its page doesn't mean, whoever asks.

    Django's form views would take a PUT for a POST, and its admin any method for a GET.
    OPTIONS is for other sites' scripts, to which nothing here is offered.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if view is without_slash:  # which says first whether there is a page at all
            return None
        methods = meant_methods(view, request.resolver_match)
        return None if request.method in methods else HttpResponseNotAllowed(methods)


def meant_methods(view: Any, match: ResolverMatch | None) -> tuple[str, ...]:
    """Return those of GET, HEAD and POST that a view has a handler for.

    Our views that are functions only show something.
    """
    view_class = getattr(view, "view_class", None)
    if view_class is not None:
        named = view.view_initkwargs.get(
            "http_method_names", view_class.http_method_names
        )
        return tuple(
            method
            for method in READ_AND_POST
            if method.lower() in named
            and hasattr(view_class, "get" if method == "HEAD" else method.lower())
        )
    if match and "admin" in match.namespaces:
        is_form = str(match.url_name).endswith(ADMIN_FORMS)
        return READ_AND_POST if is_form else READ
    return READ
