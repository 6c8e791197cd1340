"""A shop that counts as large, and figures kept by nobody else."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from products.models import Product
from products.reports.figures import counting
from products.tests.factories import make_product


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def large_shop(db: None, monkeypatch: pytest.MonkeyPatch) -> Product:
    """A product with ten units; large as long as it is there."""
    monkeypatch.setattr(counting, "LARGE", 1)
    return make_product(stock=10, reorder_point=3)
