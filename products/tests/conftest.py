"""What tests of every layer may need."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    """Figures of another test are gone, and those of this one will be."""
    cache.clear()
    yield
    cache.clear()
