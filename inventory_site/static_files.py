"""Static files: hashed and compressed copies once they are collected, or originals.

`make run` collects them. A checkout where nobody has (the tests, a developer's
`runserver`) works all the same, without long caching and without compression.
"""

from pathlib import Path
from wsgiref.headers import Headers

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names the hashed copy of a file, and the file itself where nothing is collected.

    One class before and after `collectstatic`, which could write no manifest with a
    storage that makes none.
    """

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name


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
