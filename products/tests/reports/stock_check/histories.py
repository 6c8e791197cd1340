"""What the tests of the stock check share: a history, and a short way to ask."""

from decimal import Decimal

from products.models import Product, StockMovement
from products.reports.stock_check import check_stock
from products.tests.factories import adjust, make_product, receive

Row = tuple[str | None, str | None, int | None]


def make_history() -> Product:
    """A product with five movements at the default location: 10, +5, -3, +4, -1."""
    product = make_product(stock=10, cost=Decimal("2.50"))
    receive(product, 5, cost="4.00")
    for delta in (-3, 4, -1):
        adjust(product, delta)
    return product


def nth(product: Product, number: int) -> StockMovement:
    return product.movements.get(sequence=number)


def checks() -> set[str]:
    """The names of the checks that find something."""
    return {problem.check for problem in check_stock().problems}


def found(check: str) -> Row:
    """What this check finds, and it must, as (SKU, location, movement)."""
    problems = {problem.check: problem for problem in check_stock().problems}
    assert check in problems, problems
    problem = problems[check]
    return problem.product, problem.location, problem.movement
