from products.importing.findings import Findings
from products.importing.plan import PlannedProduct
from products.importing.rows import ANY_LOCATION, ProductRow
from products.importing.stocking import Target, plan_differences
from products.models import Location, StockLevel

MAIN = Location(pk=1, code="MAIN")
LEVELS = {(7, 1): StockLevel(on_hand=5, reserved=3)}


def plan(units: int) -> tuple[bool, dict[int, int], Findings]:
    row = ProductRow(2, "A", {}, stock={ANY_LOCATION: units})
    planned = PlannedProduct(2, "A", "Mug", {}, product_id=7)
    findings = Findings()
    target = Target(MAIN, {}, sets_stock=True)
    is_possible = plan_differences(
        row, planned, LEVELS, target=target, findings=findings
    )
    return is_possible, planned.stock, findings


def test_stock_can_go_down_to_what_is_held():
    assert plan(3)[:2] == (True, {1: -2})


def test_below_what_is_held_the_record_is_refused():
    is_possible, stock, findings = plan(2)
    assert (is_possible, stock) == (False, {})
    assert findings.refused[0].reason.startswith("3 units are held")
