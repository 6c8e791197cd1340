"""`make bench`: every benchmark, one table, and the same as JSON in bench.json.

    make bench                                        # 20,000 products, SQLite
    make bench ARGS="--products 1000000 --postgresql postgres://me@127.0.0.1:5432/"
    make bench ARGS="--only searching --mariadb mysql://root@127.0.0.1:3306/"

The shops are kept in a folder (and on the servers, as `bench_N`), so that loading them
is not repeated; remove them there. Each benchmark is a process of its own. What says
“ratio” was taken in turns, in one run; the milliseconds beside it are this machine's.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SMALL = 1_000
PRODUCTS = 20_000
ALL = ("sqlite", "postgresql", "mysql")
SERVED = ("sqlite", "postgresql")
ANSWER = "bench.json"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A module with a function `measure`, and where it makes sense.

    With `is_small_too` it runs in the shop with few products as well.
    """

    module: str
    engines: tuple[str, ...] = SERVED
    is_small_too: bool = False


BENCHMARKS = (
    Benchmark("pages"),
    Benchmark("searching", engines=ALL, is_small_too=True),
    Benchmark("product_page"),
    Benchmark("admin_lists"),
    Benchmark("adjusting", engines=ALL),
    Benchmark("stock_at"),
    Benchmark("mixed"),
)
# These print their own lines, and take the number of products.
REPORTS = ("bulk_load", "importing", "exporting")


def main() -> None:
    options = _parse()
    rows: list[dict[str, Any]] = []
    for server, base in _servers(options):
        rows += _measure_on(server, base, options)
        _write(rows)
    for report in REPORTS:
        if _is_wanted(report, options):
            _run(report, "", str(min(options.products, PRODUCTS)))
    for line in table(rows):
        sys.stdout.write(f"{line}\n")


def _measure_on(
    server: str, base: str, options: argparse.Namespace
) -> list[dict[str, Any]]:
    """Fill the two shops of a server, and measure all there is in them."""
    counts = (SMALL, options.products)
    small, big = (_url(server, base, count, options.folder) for count in counts)
    rows: list[dict[str, Any]] = []
    for url, count in zip((small, big), counts, strict=True):
        _run("filling", url, str(count))
    for benchmark in BENCHMARKS:
        if server in benchmark.engines and _is_wanted(benchmark.module, options):
            if benchmark.is_small_too:
                rows += _measure(benchmark.module, small, small, SMALL)
            rows += _measure(benchmark.module, big, small, options.products)
    return rows


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--products", type=int, default=PRODUCTS)
    parser.add_argument("--folder", type=Path, default=Path(".bench"))
    parser.add_argument("--postgresql", metavar="URL", help="a server to measure on")
    parser.add_argument("--mariadb", metavar="URL")
    parser.add_argument("--only", nargs="+", default=[], metavar="MODULE")
    parser.add_argument("--without-sqlite", action="store_true")
    return parser.parse_args()


def _is_wanted(module: str, options: argparse.Namespace) -> bool:
    return not options.only or module in options.only


def _servers(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    if not options.without_sqlite:
        yield "sqlite", ""
    if options.postgresql:
        yield "postgresql", options.postgresql
    if options.mariadb:
        yield "mysql", options.mariadb


def _url(server: str, base: str, count: int, folder: Path) -> str:
    if server == "sqlite":
        folder.mkdir(exist_ok=True)
        return f"sqlite:///{folder.resolve()}/sqlite-{count}.sqlite3"
    return f"{base.rsplit('/', 1)[0]}/bench_{count}"


def _measure(module: str, url: str, small: str, count: int) -> list[dict[str, Any]]:
    """Return the rows of a benchmark, each with the products there are."""
    answer = _run("one", url, module, BENCH_SMALL_DATABASE_URL=small)
    found: list[dict[str, Any]] = json.loads(answer) if answer else []
    rows = [{"benchmark": module, "products": count, **row} for row in found]
    for line in table(rows):
        sys.stderr.write(f"{line}\n")
    return rows


def _run(module: str, url: str, *arguments: str, **env: str) -> str:
    """Run a module; return what it answers, or print it where nobody waits for it."""
    command = [sys.executable, "-m", f"products.benchmarks.{module}", *arguments]
    given = os.environ | {
        "SECRET_KEY": os.environ.get("SECRET_KEY") or "only for measuring" * 3,
        "SECURE_SSL_REDIRECT": "false",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        **({"DATABASE_URL": url} if url else {}),
        **env,
    }
    is_waited_for = module == "one"
    done = subprocess.run(  # noqa: S603  (our own words)
        command,
        env=given,
        stdout=subprocess.PIPE if is_waited_for else None,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.stderr.write(f"{module} {' '.join(arguments)} did not end well.\n")
        if module == "filling":
            sys.exit(1)
        return ""
    return done.stdout or ""


def _write(rows: list[dict[str, Any]]) -> None:
    """Write what is known so far."""
    machine = {
        "machine": platform.platform(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
    }
    Path(ANSWER).write_text(json.dumps({**machine, "rows": rows}, indent=1))


def table(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the rows as a table of Markdown, to be read and pasted."""
    yield "| what | database | products | ms | beside it | ratio | at most |"
    yield "|---|---|--:|--:|--:|--:|--:|"
    for row in rows:
        limit = row["limit"]
        mark = "**" if limit is not None and row["ratio"] > limit else ""
        yield (
            f"| {row['name']} | {row['engine']} | {row['products']:,}"
            f" | {row['ms']:.2f} | {row['bare_ms']:.2f}"
            f" | {mark}{row['ratio']:.2f}{mark} | {'–' if limit is None else limit} |"
        )


if __name__ == "__main__":
    main()
