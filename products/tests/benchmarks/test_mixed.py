"""Eight people at once, against the server as it is shipped: none may be let down."""

import os

from products.benchmarks.copies import filled_shop
from products.benchmarks.mixed import shape_for, visit


def test_nobody_is_let_down() -> None:
    url = os.environ.get("DATABASE_URL") or "sqlite:///bench.sqlite3"
    with filled_shop(url, 200, **shape_for(url)) as shop:
        failed, _memory = visit(shop, requests=300)
    assert failed["ratio"] == 0
