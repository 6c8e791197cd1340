"""services.ledger.post: the business dates of one operation's lines."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from products.errors import PeriodClosed
from products.models import Operation, Product, StockMovement
from products.services.closings import move_closing
from products.services.ledger import post
from products.services.lines import Line
from products.services.operations import start_operation
from products.tests.factories import by, make_product, place_of

pytestmark = pytest.mark.django_db


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def found(product: Product, at: datetime | None) -> Line:
    place = place_of(product).location_id
    kind = StockMovement.Kind.FOUND
    return Line(product.pk, place, kind, delta=1, effective_at=at)


def post_at(at: datetime | None, *lines: Line) -> list[StockMovement]:
    operation, _is_new = start_operation(Operation.Kind.STOCK_ADJUSTED, by())
    return post(operation, lines, effective_at=at)


def test_a_line_s_own_goes_before_that_of_the_call() -> None:
    product, whole, own = make_product(), days_ago(9), days_ago(3)
    movements = post_at(whole, found(product, own), found(product, None))
    assert [movement.effective_at for movement in movements] == [own, whole]


def test_the_earliest_must_be_open() -> None:
    move_closing(through=days_ago(5).date(), reason="Month end", author=by().author)
    product = make_product()
    with pytest.raises(PeriodClosed):
        post_at(None, found(product, days_ago(2)), found(product, days_ago(8)))
