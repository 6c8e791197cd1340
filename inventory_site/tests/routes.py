"""Reads the address patterns, for tests that hold something of every address."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Route(NamedTuple):
    """One named address of ours; the admin's are Django's to test."""

    name: str
    view: Any
    pattern_takes_arguments: bool

    @property
    def methods(self) -> set[str]:
        """The methods with a handler of their own: of GET and POST, those answered."""
        view_class = getattr(self.view, "view_class", None)
        if view_class is None:
            return {"GET"}
        allowed = self.view.view_initkwargs.get(
            "http_method_names", view_class.http_method_names
        )
        return {
            method.upper()
            for method in ("get", "post")
            if method in allowed and hasattr(view_class, method)
        }


def named_routes() -> list[Route]:
    """Return every named address outside /admin/."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                name = f"{namespace}{pattern.name}"
                takes_arguments = bool(pattern.pattern.regex.groups)
                yield Route(name, pattern.callback, takes_arguments)
        elif pattern.namespace != "admin":
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, f"{namespace}{inner}")
