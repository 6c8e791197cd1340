import pytest

from products.demo import loading
from products.demo.reading import DemoShop
from products.tests.demo.shops import small_shop


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> DemoShop:
    """The corner of the demo shop, also for those who read the files."""
    corner = small_shop()
    monkeypatch.setattr(loading, "read_shop", lambda: corner)
    return corner
