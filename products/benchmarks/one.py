"""One benchmark in a process of its own: its rows as JSON on the output.

    DATABASE_URL=… python -m products.benchmarks.one pages

Others are imported by it, never it by them: Django is set up first.
"""

import argparse
import json
import os
import sys
from importlib import import_module

import django

SMALL = "BENCH_SMALL_DATABASE_URL"  # names the shop with few products


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module")
    module: str = parser.parse_args().module
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.settings")
    django.setup()
    from products.benchmarks.shops import Shop

    measure = import_module(f"products.benchmarks.{module}").measure
    if module == "pages":
        rows = measure(Shop(os.environ["DATABASE_URL"]), Shop(os.environ[SMALL]))
    else:
        rows = measure()
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()
