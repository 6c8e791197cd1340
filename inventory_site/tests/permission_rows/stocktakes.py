"""The addresses of counting stock."""

from collections.abc import Mapping

from inventory_site.tests.permission_rows.row import LOGIN, Row
from products.models import Stocktake
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_location, make_product
from products.tests.stocktaking import apply, count, draft, review, started


def planned() -> Mapping[str, object]:
    make_product(stock=5)
    return {"pk": draft("Shelf B").pk}


def counting() -> Mapping[str, object]:
    product = make_product(name="Blue mug", stock=5)
    make_product(stock=3)
    stocktake = started(name="Shelf B")
    count(stocktake, product, 4, shelf="B-1")
    return {"pk": stocktake.pk}


def reviewed() -> Mapping[str, object]:
    """Each kind of line: agreeing, different, doubtful, impossible, not counted."""
    make_location()
    products = [make_product(stock=9, cost=n or None) for n in range(4)]
    make_product(stock=2)
    stocktake = started(name="Shelf B", threshold_percent=50)
    for product, quantity in zip(products, (9, 8, 1, 3), strict=True):
        count(stocktake, product, quantity)
    hold_stock(wanted=[Wanted(products[3].pk, 8)], circumstances=by())
    return {"pk": review(stocktake).pk}


def ready() -> Mapping[str, object]:
    return {"pk": ready_stocktake().pk}


def ready_stocktake() -> Stocktake:
    product = make_product(stock=5)
    stocktake = started(name="Shelf A")
    count(stocktake, product, 4)
    return review(stocktake)


def applied() -> Mapping[str, object]:
    stocktake = ready_stocktake()
    apply(stocktake)
    return {"pk": stocktake.pk}


def counted_list() -> Mapping[str, object]:
    applied()
    counting()
    return {}


def one_count() -> Mapping[str, object]:
    """A count of somebody else."""
    product = make_product(stock=5)
    return {"pk": count(started(), product, 4).pk}


STOCKTAKES = [
    Row("products:stocktake_list", "GET", LOGIN, 200, 200, 200, counted_list),
    Row("products:stocktake_add", "GET", LOGIN, 403, 403, 200),
    Row("products:stocktake_add", "POST", LOGIN, 403, 403, 200),
    Row("products:stocktake_detail", "GET", LOGIN, 200, 200, 200, counting),
    Row("products:stocktake_start", "POST", LOGIN, 403, 403, 302, planned),
    Row("products:stocktake_finish", "POST", LOGIN, 403, 302, 302, counting),
    Row("products:stocktake_reopen", "POST", LOGIN, 403, 403, 302, ready),
    Row("products:stocktake_count", "GET", LOGIN, 403, 200, 200, counting),
    Row("products:stocktake_count", "POST", LOGIN, 403, 200, 200, counting),
    Row("products:count_add", "POST", LOGIN, 403, 400, 400, counting),
    Row("products:count_void", "POST", LOGIN, 403, 403, 302, one_count),
    Row("products:stocktake_review", "GET", LOGIN, 403, 403, 200, reviewed),
    Row("products:stocktake_review", "POST", LOGIN, 403, 403, 200, reviewed),
    Row("products:stocktake_apply", "GET", LOGIN, 403, 403, 200, ready),
    Row("products:stocktake_apply", "POST", LOGIN, 403, 403, 302, ready),
    Row("products:stocktake_cancel", "GET", LOGIN, 403, 403, 200, counting),
    Row("products:stocktake_cancel", "POST", LOGIN, 403, 403, 302, counting),
    Row("products:stocktake_report", "GET", LOGIN, 200, 200, 200, applied),
]
