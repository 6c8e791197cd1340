"""Static files: joined, hashed and compressed once they are collected, or originals.

`make run` collects them. A checkout where nobody has (the tests, a developer's
`runserver`) works all the same, without long caching and without compression.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What every page loads, in this order; a phone far away pays for each file it asks for.
STYLES = (
    "cut/bootstrap.css",
    *(f"css/{name}.css" for name in ("tokens", "fonts", "base", "components", "pages")),
)
BEHAVIOURS = (
    *("autosubmit", "copy", "density", "dialog", "dismiss", "error-summary"),
    *("failures", "file-limit", "filters", "menus", "needed-by", "picture-preview"),
    *("scanner", "search", "seen", "shortcuts", "sign-out", "stock-after"),
    *("submit-once", "unsaved", "worth-after"),
)
JOINED = {
    "css/site.css": STYLES,
    "js/site.js": tuple(f"js/{name}.js" for name in BEHAVIOURS),
}
REMARK = re.compile(r"/\*(?!!).*?\*/\s*", re.DOTALL)  # not a licence


def join(name: str, texts: list[str]) -> str:
    """Return the text of a joined file; modules become one that runs each by itself."""
    if name.endswith(".css"):
        return "\n".join(REMARK.sub("", text) for text in texts)
    # Names of its own, and what one throws stops no other.
    return "".join(f"queueMicrotask(() => {{\n{text}\n}});\n" for text in texts)


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names the hashed copy of a file, and the file itself where nothing is collected.

    One class before and after `collectstatic`, which could write no manifest with a
    storage that makes none.
    """

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name

    def post_process(
        self, paths: dict[str, Any], **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        """Write the joined files, and then all of them under their names by content."""
        if not options.get("dry_run"):
            for name, parts in JOINED.items():
                texts = [Path(self.path(part)).read_text("utf-8") for part in parts]
                Path(self.path(name)).write_text(join(name, texts), "utf-8")
                paths[name] = (self, name)
        yield from super().post_process(paths, **options)


# Nothing a file may do by itself. Short, because a page comes with dozens of them.
POLICY = "default-src 'none'; frame-ancestors 'none'"


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise that doesn't mind when nothing is collected yet.

    The originals are then served where they stand; WhiteNoise would warn at each start
    that STATIC_ROOT isn't there.
    """

    def add_files(self, root: str, prefix: str | None = None) -> None:
        if Path(root).is_dir():
            super().add_files(root, prefix)

    def add_cache_headers(self, headers: Headers, path: str, url: str) -> None:
        super().add_cache_headers(headers, path, url)
        headers["Content-Security-Policy"] = POLICY
