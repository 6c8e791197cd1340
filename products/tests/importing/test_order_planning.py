"""Order lines: which product one means, whether it is sold, and what it takes."""

from datetime import UTC, date, datetime

import pytest

from products.models import (
    ImportRow,
    OrderLine,
    StockMovement,
)
from products.services.closings import move_closing
from products.services.operations import Author
from products.tests.factories import make_group, make_location, make_product, reload
from products.tests.importing.files import counts, import_text, notes, refused
from products.tests.importing.order_files import (
    import_orders,
    line,
    order,
    postings,
    sold,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug():
    return make_product(sku="MUG", name="Mug", stock=10, cost=4)


def test_a_sale_is_posted_at_the_time_of_its_order(mug):
    outcome = import_orders(order("#1001", line(quantity=3)))
    assert outcome.run.format == "shopify_orders"
    assert counts(outcome) == (1, 0, 0, 0)
    movement = StockMovement.objects.get(operation=outcome.run.operation)
    assert (movement.kind, movement.delta, movement.balance_after) == ("sold", -3, 7)
    assert movement.effective_at == datetime(2025, 10, 7, 7, 50, 26, tzinfo=UTC)
    assert movement.is_backdated
    assert reload(mug).on_hand == 7


def test_the_lines_of_an_order_share_its_own_fields(mug):
    make_product(sku="CUP", name="Cup", stock=2)
    outcome = import_orders(
        order("#1002", line(quantity=2), line("CUP", 1, "Cup")),
        order("#1001", line(), at="2025-10-05 23:30:00 -0500"),
    )
    assert counts(outcome) == (3, 0, 0, 0)
    assert sold() == [("CUP", -1), ("MUG", -2), ("MUG", -1)]
    days = StockMovement.objects.filter(kind="sold").values_list("effective_at")
    assert sorted({moment.day for (moment,) in days}) == [6, 7]


def test_the_second_import_posts_nothing(mug):
    text = text_of(order("#1001", line(quantity=3), line(quantity=1)))
    import_text(text)
    outcome = import_text(text)
    assert counts(outcome) == (0, 0, 2, 0)
    assert outcome.run.operation is None
    assert reload(mug).on_hand == 6


def test_a_longer_export_posts_what_is_new(mug):
    first = order("#1001", line(quantity=3))
    import_orders(first)
    outcome = import_orders(order("#1002", line(quantity=2)), first)
    assert counts(outcome) == (1, 0, 1, 0)
    assert reload(mug).on_hand == 5


def test_lines_are_known_again_in_another_order_and_beside_new_ones(mug):
    make_product(sku="CUP", name="Cup", stock=5)
    import_orders(order("#1001", line(), line("CUP"), line(quantity=2)))
    other = order("#1001", line("CUP"), line(), line("CUP", 2), line(quantity=2))
    assert counts(import_orders(other)) == (1, 0, 3, 0)
    assert sold() == [("CUP", -2), ("CUP", -1), ("MUG", -2), ("MUG", -1)]


def test_a_line_without_sku_is_matched_by_its_name(mug):
    outcome = import_orders(order("#1001", line("", 2, "Mug")))
    assert counts(outcome) == (1, 0, 0, 0)
    assert reload(mug).on_hand == 8
    assert counts(import_orders(order("#1001", line("", 2, "Mug")))) == (0, 0, 1, 0)


def test_a_name_with_options_means_the_variant():
    group = make_group("Size", "Colour")
    fields = {"name": "T-shirt - long", "group": group, "stock": 4}
    medium = make_product(sku="TM", option1="M", option2="Blue", **fields)
    make_product(sku="TL", option1="L", option2="Blue", **fields)
    outcome = import_orders(
        order("#1001", line("", 1, "T-shirt - long - M / Blue")),
        order("#1002", line("", 1, "T-shirt - long")),
        order("#1003", line("", 1, "T-shirt - long - S / Blue")),
    )
    assert reload(medium).on_hand == 3
    assert [reason for _, _, reason in refused(outcome)] == [
        "The line has no SKU, and 2 products are called like this.",
        "The line has no SKU, and no product is called like this.",
    ]


def test_an_unknown_sku_is_refused_even_when_the_name_is_known(mug):
    outcome = import_orders(order("#1001", line("SHIPPING-FEE", 1, "Mug"), line()))
    assert refused(outcome) == [
        (2, "Lineitem sku", "The shop has no product with this SKU.")
    ]
    assert counts(outcome) == (1, 0, 0, 1)


def test_a_sale_of_the_future_is_refused(mug):
    outcome = import_orders(order("#1001", at="2099-01-01 00:00:00 +0000"))
    assert refused(outcome) == [(2, "Created at", "This time is not there yet.")]


def test_a_sale_in_a_closed_period_is_refused(mug):
    move_closing(
        through=date(2025, 10, 7),
        reason="Year end",
        author=Author("Tess", "site"),
    )
    outcome = import_orders(
        order("#1001", at="2025-10-07 23:59:59 +0200"),
        order("#1002", at="2025-10-08 12:00:00 +0200"),
    )
    assert [column for _, column, _ in refused(outcome)] == ["Created at"]
    assert "closed through" in refused(outcome)[0][2]
    assert [name for name, *_rest in postings()] == ["#1002"]


def test_what_the_other_lines_leave_can_be_sold(mug):
    outcome = import_orders(
        order("#1001", line(quantity=6)),
        order("#1002", line(quantity=5)),
        order("#1003", line(quantity=3)),
    )
    ((record, column, reason),) = refused(outcome)
    assert (record, column) == (3, "Lineitem quantity")
    assert reason == "Only 1 is left, so 5 can't be taken."
    assert sold() == [("MUG", -6), ("MUG", -3)]


def test_the_location_is_found_by_code_or_name_and_blank_is_the_chosen_one(mug):
    back = make_location(code="BACK", name="Back room")
    shop = make_location(code="SHOP", name="Shop floor")
    cup = make_product(sku="CUP", stock=5, location=back)
    jug = make_product(sku="JUG", stock=5, location=shop)
    outcome = import_orders(
        order("#1001", line("CUP"), location="back ROOM"),
        order("#1002", line("JUG"), line("JUG")),
        order("#1003", line(), location="Pop-up"),
        location=shop,
    )
    assert (reload(cup).on_hand, reload(jug).on_hand) == (4, 3)
    assert refused(outcome) == [
        (5, "Location", "No location has the code or name “Pop-up”.")
    ]


def test_a_quantity_that_was_edited_since_is_noted(mug):
    import_orders(order("#1001", line(quantity=3)))
    outcome = import_orders(order("#1001", line(quantity=2)))
    assert counts(outcome) == (0, 0, 1, 0)
    assert notes(outcome)[0][2].startswith("The sale of 3 units was posted before")
    assert reload(mug).on_hand == 7


def test_the_plan_shows_order_time_and_units(mug):
    outcome = import_orders(order("#1001", line(quantity=3)), order("#1002"))
    first, second = ImportRow.objects.order_by("record")
    place = mug.levels.get().location_id
    assert first.plan["stock"] == [[place, 10, -3]]
    assert second.plan["stock"] == [[place, 7, -1]]
    assert first.plan["options"].startswith("#1001, 2025-10-07 ")
    assert (first.sku, first.name, first.product) == ("MUG", "Mug", mug)
    assert outcome.run.created_count == 2


def test_a_dry_run_says_the_same_and_posts_nothing(mug):
    orders = [
        order("#1001", line(quantity=6)),
        order("#1002", line(quantity=6)),
        order("#1003", line("FEE"), cancelled_at="2025-10-08 09:00:00 +0200"),
    ]
    dry = import_orders(*orders, is_dry_run=True)
    assert not OrderLine.objects.exists()
    real = import_orders(*orders)
    assert counts(dry) == counts(real) == (1, 0, 1, 1)
    assert refused(dry) == refused(real)


def test_queries_do_not_grow_with_the_lines(django_assert_max_num_queries):
    for number in range(100):
        make_product(sku=f"P{number}", stock=9)

    def orders(first, count):
        return [
            order(f"#{first + n}", line(f"P{n % 100}"), line(f"P{(n + 1) % 100}"))
            for n in range(count)
        ]

    few, many = text_of(*orders(1, 5)), text_of(*orders(1000, 200))
    with django_assert_max_num_queries(72):
        import_text(few)
    with django_assert_max_num_queries(84):
        assert counts(import_text(many)) == (400, 0, 0, 0)


def test_names_full_of_links_are_looked_up_in_parts(mug):
    names = [" - ".join(f"{n}{part}" for part in range(50)) for n in range(1_000)]
    outcome = import_orders(
        *(order(f"#{n}", line("", 1, name)) for n, name in enumerate(names)),
        order("#long", line("", 1, "Mug - " * 100_000)),
        order("#mug", line("", 1, "Mug")),
    )
    assert counts(outcome) == (1, 0, 0, 1_001)
