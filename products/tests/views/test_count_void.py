"""/stock/counts/void/<id>"""

from typing import Any

import pytest
from django.test import Client

from products.models import StockCount
from products.tests.factories import make_product
from products.tests.stocktaking import count, review, started
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(clerk: Any) -> StockCount:
    product = make_product(sku="MUG", stock=3)
    return count(started(), product, 2, by=clerk)


def test_own_count_is_taken_back(as_clerk: Client, made: StockCount) -> None:
    response = as_clerk.post(f"/stock/counts/void/{made.pk}", follow=True)
    assert flashes(response) == ["Taken back: 2 × MUG."]
    made.refresh_from_db()
    assert made.is_void


def test_of_others_only_who_decides(
    as_admin: Client, clerk: Any, admin: Any, made: StockCount
) -> None:
    assert as_admin.post(f"/stock/counts/void/{made.pk}").status_code == 302
    other = count(made.line.stocktake, "MUG", 5, by=admin)
    as_admin.force_login(clerk)
    assert as_admin.post(f"/stock/counts/void/{other.pk}").status_code == 403


def test_not_after_the_counting(as_clerk: Client, made: StockCount) -> None:
    review(made.line.stocktake)
    response = as_clerk.post(f"/stock/counts/void/{made.pk}", follow=True)
    assert "has gone on meanwhile" in flashes(response)[0]
    made.refresh_from_db()
    assert not made.is_void


def test_unknown_or_not_posted(as_clerk: Client, made: StockCount) -> None:
    assert as_clerk.post("/stock/counts/void/999999").status_code == 403
    assert as_clerk.get(f"/stock/counts/void/{made.pk}").status_code == 405
