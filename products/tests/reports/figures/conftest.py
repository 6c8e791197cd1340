"""A shop that counts as large, and figures kept by nobody else."""

import pytest

from products.models import Product
from products.reports.figures import counting
from products.tests.factories import make_product


@pytest.fixture(autouse=True)
def always(nothing_kept: None) -> None:
    """Each figure is counted anew."""


@pytest.fixture
def large_shop(db: None, monkeypatch: pytest.MonkeyPatch) -> Product:
    """A product with ten units; large as long as it is there."""
    monkeypatch.setattr(counting, "LARGE", 1)
    return make_product(stock=10, reorder_point=3)
