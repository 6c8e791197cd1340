"""Somebody at work in the shop: what they open, look for, adjust, import and export."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from itertools import count
from time import perf_counter
from urllib.parse import urlencode

from products.benchmarks.serving import EMAIL, PASSWORD

PATIENCE = 60  # seconds until a request counts as failed
FOUND, MOVED = 200, 302
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
NEXT = re.compile(r'<a [^>]*rel="next"[^>]*href="([^"]+)"')
WORDS = ("oak", "linen mugs", "cm", "MUG-", "steel 0012", "xylophone", "b", "navy rugs")
BOUNDARY = "bench-of-inventory"
_numbers = count(1)


@dataclass(slots=True)
class Log:
    """Seconds of each request by its kind, and what went wrong."""

    seconds: list[tuple[str, float]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


class Visitor:
    """A browser with one connection that is kept, and the cookies of one person.

    `turn` decides what is done; the same turns do the same.
    """

    def __init__(self, address: str, cookies: dict[str, str], log: Log) -> None:
        self._address, self.cookies, self.log = address, cookies, log
        self._connection = HTTPConnection(address, timeout=PATIENCE)

    def sign_in(self) -> None:
        self.get("sign in", "/login")
        form = {"login": EMAIL, "email": EMAIL, "password": PASSWORD}
        self.post("sign in", "/login", form)

    def close(self) -> None:
        self._connection.close()

    def get(self, kind: str, path: str) -> str:
        """Return the page; anything but 200 is a failure."""
        return self._ask(kind, "GET", path, FOUND)[0]

    def post(self, kind: str, path: str, form: dict[str, str]) -> str:
        """Send a form and return where it leads; one that comes back is a failure."""
        body = urlencode({"csrfmiddlewaretoken": self._token(), **form})
        head = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask(kind, "POST", path, MOVED, body.encode(), head)[1]

    def upload(self, kind: str, path: str, form: dict[str, str], text: str) -> str:
        """Send a form with a file and return where it leads."""
        fields = {"csrfmiddlewaretoken": self._token(), **form}
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
            f"{value}\r\n"
            for name, value in fields.items()
        ]
        parts.append(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file";'
            f' filename="bench.csv"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n'
            f"--{BOUNDARY}--\r\n"
        )
        head = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        return self._ask(kind, "POST", path, MOVED, "".join(parts).encode(), head)[1]

    def _token(self) -> str:
        return self.cookies.get("csrftoken", "")

    def _ask(
        self,
        kind: str,
        method: str,
        path: str,
        expected: int,
        body: bytes | None = None,
        head: dict[str, str] | None = None,
    ) -> tuple[str, str]:
        cookies = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        start = perf_counter()
        try:
            self._connection.request(
                method, path, body, {"Cookie": cookies, **(head or {})}
            )
            answer = self._connection.getresponse()
            page = answer.read().decode(errors="replace")
        except (OSError, HTTPException) as error:
            self.log.failures.append(f"{method} {path}: {error!r}")
            self._connection.close()
            return "", ""
        self.log.seconds.append((kind, perf_counter() - start))
        if answer.status != expected:
            self.log.failures.append(f"{method} {path}: {answer.status}")
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return page, answer.headers.get("Location", "")


def browse(visitor: Visitor, turn: int, products: int) -> None:
    """Open a page of the list, the one after it, a product, and a report."""
    page = visitor.get("browse", f"/dashboard?sort={('name', 'price')[turn % 2]}")
    onward = NEXT.search(page)
    if onward:
        visitor.get("browse", unescape(onward[1]))
    visitor.get("browse", f"/products/{1 + turn * 37 % products}")
    state = ("low", "out", "in_stock")[turn % 3]
    visitor.get("browse", f"/dashboard?stock={state}")
    if turn % 5 == 0:
        visitor.get("browse", "/stock/movements")


def search(visitor: Visitor, turn: int, products: int) -> None:
    """Look for words, and for one code."""
    query = urlencode({"q": WORDS[turn % len(WORDS)]})
    visitor.get("search", f"/dashboard?{query}")
    visitor.get("search", f"/dashboard?q={turn * 31 % products:07d}")


def adjust(visitor: Visitor, turn: int, products: int) -> None:
    """Add one unit to a product: open the form, and send it."""
    path = f"/products/{1 + turn * 53 % products}/adjust"
    form = dict(FIELD.findall(visitor.get("adjust", path)))
    form.pop("csrfmiddlewaretoken", None)
    sent = {"mode": "add", "quantity": "1", "reason": "received", "note": ""}
    visitor.post("adjust", path, form | sent)


def import_file(visitor: Visitor, turn: int, products: int) -> None:
    """Hand in a file with a new product and a changed one; preview and apply it."""
    number = next(_numbers)
    text = f"sku,name,price,on_hand\nNEW-{number},New thing {number},4.50,3\n"
    visitor.get("import", "/imports/new")
    run = visitor.upload("import", "/imports/new", {"format": ""}, text)
    if run:
        visitor.get("import", run)
        visitor.post("import", f"{run}/apply", {})
        visitor.get("import", run)


def export(visitor: Visitor, turn: int, products: int) -> None:
    """Write the products of one search to a file."""
    word = WORDS[turn % 2]
    query = urlencode({"format": "native", "scope": "shown", "q": word})
    visitor.get("export", f"/products/export/file?{query}")


Doing = Callable[[Visitor, int, int], None]
# How often each comes, out of a hundred things done.
MIX: dict[str, tuple[int, Doing]] = {
    "browse": (50, browse),
    "search": (25, search),
    "adjust": (22, adjust),
    "import": (2, import_file),
    "export": (1, export),
}
