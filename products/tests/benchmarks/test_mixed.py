"""Eight people at once, against the server as it is shipped: none may be let down."""

import os

import pytest

from products.benchmarks.mixed import measure


def test_nobody_is_let_down(monkeypatch: pytest.MonkeyPatch) -> None:
    url = os.environ.get("DATABASE_URL") or "sqlite:///bench.sqlite3"
    monkeypatch.setenv("DATABASE_URL", url)
    failed, _memory = measure(requests=300, products=200)
    assert failed["ratio"] == 0
