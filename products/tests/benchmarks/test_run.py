"""`make bench` finds what it runs, and says it so that it can be read and pasted."""

from importlib import import_module

import pytest

from products.benchmarks.run import BENCHMARKS, REPORTS, table


@pytest.mark.parametrize("module", [one.module for one in BENCHMARKS])
def test_each_benchmark_can_be_measured(module: str) -> None:
    assert callable(import_module(f"products.benchmarks.{module}").measure)


@pytest.mark.parametrize("module", REPORTS)
def test_each_report_can_be_run(module: str) -> None:
    assert callable(import_module(f"products.benchmarks.{module}").main)


def test_the_table_marks_what_is_over_its_limit() -> None:
    row = {"name": "a page", "engine": "sqlite", "products": 1_000, "limit": 1.5}
    times = {"ms": 3.0, "bare_ms": 2.0}
    _head, _line, good, bad, free = table(
        [
            row | times | {"ratio": 1.5},
            row | times | {"ratio": 2.0},
            row | times | {"ratio": 9.0, "limit": None},
        ]
    )
    assert good == "| a page | sqlite | 1,000 | 3.00 | 2.00 | 1.50 | 1.5 |"
    assert "**2.00**" in bad
    assert free.endswith("| 9.00 | – |")
