"""Eight people at once in the shop as it is shipped: 10,000 requests, none may fail.

    DATABASE_URL=… python -m products.benchmarks.mixed --requests 2000 --only browse

They work in a copy of the shop that DATABASE_URL names. They browse, search, adjust
stock, import and export, over connections that are kept. On SQLite the server is what
`make run` starts; on a database server it has several processes. The web workers'
memory is looked at all the while: what they keep after a tenth of the requests is all
they may keep. `check_stock` has the last word.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, count
from random import Random
from statistics import median, quantiles
from threading import Event, Thread
from time import perf_counter
from typing import Any

from products.benchmarks.copies import copied_shop
from products.benchmarks.serving import Server, python, serving
from products.benchmarks.visiting import MIX, Log, Visitor

REQUESTS = 10_000
CLIENTS = 8
# Of the server beside a database server.
SHAPE = {"WEB_CONCURRENCY": "2", "CACHE_URL": "dbcache://django_cache"}
WARM = 0.1  # of the requests, until the memory counts
FLAT = 1.05
LOOK = 0.25  # seconds from one look at the memory to the next
MILLISECONDS = 1_000
COUNT = """
import django; django.setup()
from products.models import Product; print(Product.objects.count())
"""


class Load:
    """The clients, what they noted, and the memory while they worked."""

    def __init__(self, server: Server, products: int, kinds: Sequence[str]) -> None:
        self._server, self._products = server, products
        self._kinds = kinds
        self._turns = count()
        self.logs = [Log() for _client in range(CLIENTS)]
        self.memory: list[tuple[int, float, float]] = []
        self.seconds = 0.0

    @property
    def done(self) -> int:
        return sum(len(log.seconds) for log in self.logs)

    @property
    def said(self) -> list[str]:
        """The last words of the server."""
        return [*self._server.said]

    @property
    def failures(self) -> list[str]:
        return [*chain.from_iterable(log.failures for log in self.logs)]

    def run(self, requests: int) -> None:
        """Send at least `requests`, from all clients together."""
        first = Visitor(self._server.address, {}, Log())
        first.sign_in()
        first.close()
        if "sessionid" not in first.cookies:
            raise AssertionError("".join([*first.log.failures, *self.said]))
        is_over = Event()
        watch = Thread(target=self._watch, args=(is_over,))
        people = [
            Thread(target=self._visit, args=(log, dict(first.cookies), requests))
            for log in self.logs
        ]
        start = perf_counter()
        for thread in (watch, *people):
            thread.start()
        for thread in people:
            thread.join()
        self.seconds = perf_counter() - start
        is_over.set()
        watch.join()

    def _visit(self, log: Log, cookies: dict[str, str], requests: int) -> None:
        visitor = Visitor(self._server.address, cookies, log)
        weights = [MIX[kind][0] for kind in self._kinds]
        while self.done < requests and len(self.failures) < CLIENTS:
            turn = next(self._turns)
            (kind,) = Random(turn).choices(self._kinds, weights)  # noqa: S311  (a mix)
            MIX[kind][1](visitor, turn, self._products)
        visitor.close()

    def _watch(self, is_over: Event) -> None:
        while not is_over.wait(LOOK):
            self.memory.append(
                (self.done, self._server.memory(), self._server.resident())
            )

    def growth(self, requests: int) -> tuple[float, float]:
        """Return megabytes of the workers: soon after the warm-up, and at the end."""
        kept = [own for done, own, _all in self.memory if done >= requests * WARM]
        span = max(len(kept) // 9, 1)
        return median(kept[:span]), median(kept[-span:])


def measure(
    requests: int = REQUESTS, kinds: Sequence[str] = (*MIX,)
) -> list[dict[str, Any]]:
    """Return two rows: requests that failed, and how the memory grew.

    Raises AssertionError when the ledger isn't true afterwards.
    """
    base = os.environ["DATABASE_URL"]
    with copied_shop(base, **shape_for(base)) as environment:
        return visit(environment, requests, kinds)


def shape_for(url: str) -> dict[str, str]:
    """Return the environment that makes the server what it is beside this database."""
    return {} if url.startswith("sqlite") else SHAPE


def visit(
    environment: dict[str, str], requests: int, kinds: Sequence[str] = (*MIX,)
) -> list[dict[str, Any]]:
    """As `measure`, in a shop that may be changed."""
    products = int(python(environment, "-c", COUNT))
    with serving(environment) as server:
        load = Load(server, products, kinds)
        load.run(requests)
        python(environment, "manage.py", "check_stock")
    _print(load)
    url = environment["DATABASE_URL"]
    engine = "postgresql" if url.startswith("postgres") else url.partition(":")[0]
    return [*_rows(load, requests, engine)]


def _rows(load: Load, requests: int, engine: str) -> Iterator[dict[str, Any]]:
    taken = sorted(seconds for log in load.logs for _kind, seconds in log.seconds)
    yield {
        "name": f"{load.done:,} mixed requests, failed (ms: median, slowest of 100)",
        "engine": engine,
        "ratio": len(load.failures) / load.done,
        "limit": 0,
        "ms": median(taken) * MILLISECONDS,
        "bare_ms": quantiles(taken, n=100)[-1] * MILLISECONDS,
    }
    early, late = load.growth(requests)
    yield {
        "name": "memory of the web workers, MB: at the end, after a tenth",
        "engine": engine,
        "ratio": late / early,
        "limit": FLAT,
        "ms": late,
        "bare_ms": early,
    }


def _print(load: Load) -> None:
    """Write what each kind took, the memory, and what went wrong."""
    out = sys.stderr
    out.write(f"{load.done} requests, {load.done / load.seconds:.0f} a second\n")
    for kind in MIX:
        taken = [
            seconds * MILLISECONDS
            for log in load.logs
            for own, seconds in log.seconds
            if own == kind
        ]
        if len(taken) > 1:
            cut = quantiles(taken, n=100)
            out.write(
                f"  {kind:<8}{len(taken):>6} requests, median {cut[49]:.0f} ms,"
                f" 95 % {cut[94]:.0f} ms, 99 % {cut[98]:.0f} ms\n"
            )
    for done, own, whole in load.memory[:: max(len(load.memory) // 12, 1)]:
        out.write(f"  after {done:>6}: {own:.1f} MB own, {whole:.1f} MB resident\n")
    if load.failures:
        out.writelines(f"  failed: {failure}\n" for failure in load.failures)
        out.writelines(load.said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--only", nargs="+", choices=[*MIX], default=[*MIX])
    options = parser.parse_args()
    measure(options.requests, options.only)


if __name__ == "__main__":
    main()
