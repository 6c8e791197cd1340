"""What two sides cost, and what of it the database takes."""

import pytest
from django.db import connection

from products.benchmarks.comparing import compare, database_time, within
from products.models import Product
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_both_sides_take_turns() -> None:
    called: list[str] = []
    row = compare(
        "a name",
        lambda: called.append("ours"),
        lambda: called.append("bare"),
        limit=2,
        rounds=1,
    )
    assert called[:4] == ["ours", "bare"] * 2
    assert (row["name"], row["limit"]) == ("a name", 2)
    assert row["ratio"] == pytest.approx(row["ms"] / row["bare_ms"])
    assert row["engine"] == connection.vendor


def test_what_the_database_takes_is_counted_and_nothing_else() -> None:
    make_product()
    assert database_time(lambda: None) == 0
    assert database_time(lambda: list(Product.objects.all())) > 0
    assert database_time(lambda: None) == 0, "the watch stays on"


def test_a_time_is_a_share_of_what_it_may_take() -> None:
    row = within("search", Product.objects.count, most=100, rounds=1)
    assert 0 < row["ratio"] < 1
    assert row["bare_ms"] == 100_000
