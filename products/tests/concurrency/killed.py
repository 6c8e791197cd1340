"""What a process does that is going to be killed; run as a module of its own.

    python -m products.tests.concurrency.killed DATABASE sell PRODUCT LOCATION NAME N
    python -m products.tests.concurrency.killed DATABASE import FILE
    python -m products.tests.concurrency.killed DATABASE apply RUN
    python -m products.tests.concurrency.killed DATABASE undo RUN

`sell` prints the key of each sale once it is committed. After N sales it waits for a
line, and then goes on for ever: SQLite's lock knows no queue, and those who have begun
would keep the others out. `import` (the command), `apply` and `undo` (the jobs of the
site) print “half” with all of the file written, or taken back, and nothing committed,
and then wait for a death that comes.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.db import connections


def sell_for_ever(product_id: str, location_id: str, name: str, first: str) -> None:
    from products.services.operations import Author, Circumstances, Once
    from products.services.stock import Place, issue_stock

    sold = 0
    while True:
        sold += 1
        key = f"{name}-{sold}"
        issue_stock(
            place=Place(int(product_id), int(location_id)),
            quantity=1,
            circumstances=Circumstances(
                author=Author.for_command("killed"), once=Once(key, {"quantity": 1})
            ),
        )
        print(key, flush=True)  # noqa: T201  (read by the test)
        if sold == int(first):
            sys.stdin.readline()


def import_and_stop_half_way(file: str) -> None:
    from django.core.management import call_command

    stop_half_way()
    call_command("import_products", Path(file))


def apply_and_stop_half_way(run_id: str) -> None:
    from products.importing.jobs import apply_in_job
    from products.models import Operation
    from products.services.operations import Author

    stop_half_way()
    apply_in_job(int(run_id), Author("killed", Operation.Source.SITE))


def undo_and_stop_half_way(run_id: str) -> None:
    from products.importing.undoing import undo_in_job
    from products.models import Operation
    from products.services import undo_import
    from products.services.operations import Author

    undo_import.remove_made = and_wait(undo_import.remove_made)
    undo_in_job(int(run_id), Author("killed", Operation.Source.SITE))


def stop_half_way() -> None:
    from products.services import catalogue

    catalogue.post = and_wait(catalogue.post)


def and_wait(work: Callable[..., Any]) -> Callable[..., Any]:
    """Return `work` that says so when it is done, and then does nothing more."""

    def do_and_wait(*args: Any, **kwargs: Any) -> None:
        work(*args, **kwargs)
        print("half", flush=True)  # noqa: T201  (read by the test)
        sys.stdin.read()

    return do_and_wait


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.tests.settings")
    django.setup()
    database, what, *details = sys.argv[1:]
    connections.databases["default"]["NAME"] = database
    jobs = {
        "sell": sell_for_ever,
        "import": import_and_stop_half_way,
        "apply": apply_and_stop_half_way,
        "undo": undo_and_stop_half_way,
    }
    jobs[what](*details)
