"""Every named constraint, broken on purpose, in the words of its database."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from products.models import (
    Brand,
    Category,
    Location,
    Operation,
    Product,
    ProductChange,
    ProductGroup,
    StockLevel,
    StockMovement,
)
from products.tests.factories import make_location, make_product

pytestmark = pytest.mark.django_db


def breaks(name: str):
    """The database refuses; SQLite names columns, not unique constraints."""
    return pytest.raises(DatabaseError, match=name)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("product_barcode_not_blank", {"barcode": ""}),
        ("product_price_not_negative", {"price": Decimal("-0.01")}),
        ("product_cost_not_negative", {"cost": Decimal("-0.01")}),
        ("product_weight_not_negative", {"weight": Decimal(-1)}),
        ("product_status_known", {"status": "sold"}),
        ("product_has_name_and_sku", {"name": ""}),
        ("product_totals_not_negative", {"on_hand": -1}),
        ("product_totals_not_negative", {"reserved": 1}),
    ],
)
def test_product(constraint, values):
    make_product()
    with breaks(constraint), transaction.atomic():
        Product.objects.update(**values)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("stocklevel_on_hand_not_negative", {"on_hand": -1, "value": 0}),
        ("stocklevel_reserved_within_on_hand", {"reserved": 4}),
        ("stocklevel_reserved_within_on_hand", {"reserved": -1}),
        ("stocklevel_value_follows_stock", {"value": -1}),
        ("stocklevel_value_follows_stock", {"on_hand": 0, "value": 1}),
    ],
)
def test_level(constraint, values):
    make_product(stock=3)
    with breaks(constraint), transaction.atomic():
        StockLevel.objects.update(**values)


def movement(**values) -> StockMovement:
    product = make_product(stock=1)
    moment = timezone.now()
    return StockMovement(
        **{
            "operation": Operation.objects.latest("pk"),
            "product": product,
            "sku": product.sku,
            "location": Location.objects.get_default(),
            "sequence": 2,
            "kind": "found",
            "delta": 1,
            "balance_after": 2,
            "value_delta": 0,
            "value_after": 0,
            "recorded_at": moment,
            "effective_at": moment,
            "hash_version": 1,
            "previous_hash": "0" * 64,
            "hash": "0" * 64,
        }
        | values
    )


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("movement_has_product", {"product": None}),
        ("movement_changes_something", {"delta": 0}),
        ("movement_balance_not_negative", {"balance_after": -1}),
        ("movement_value_follows_stock", {"value_after": -1}),
        ("movement_value_follows_stock", {"balance_after": 0, "value_after": 1}),
        ("movement_times_agree", {"is_backdated": True}),
        ("movement_sequence_unique|sequence|UNIQUE", {"sequence": 1}),
    ],
)
def test_movement(constraint, values):
    row = movement(**values)
    with breaks(constraint), transaction.atomic():
        row.save(force_insert=True)


def test_change_has_product_and_says_something():
    operation = Operation.objects.create(
        kind="imported", actor_label="T", source="site"
    )
    for constraint, values in (
        ("productchange_has_product", {"after": {}}),
        ("productchange_says_something", {"product_id": 1}),
    ):
        with breaks(constraint), transaction.atomic():
            ProductChange.objects.create(operation=operation, sku="A", **values)


def twice(make):
    make()
    with pytest.raises(DatabaseError), transaction.atomic():
        make()


class TestUnique:
    def test_sku_in_another_case_and_width(self):
        twice_skus = iter(["Mug-1", "ＭＵＧ-1 "])
        twice(lambda: Product.objects.create(sku=next(twice_skus), name="Mug"))

    def test_barcode(self):
        skus = iter("AB")
        twice(lambda: Product.objects.create(sku=next(skus), name="M", barcode="c-1"))

    def test_barcodes_compare_byte_by_byte(self):
        for sku, code in (("A", "c-1"), ("B", "C-1")):
            Product.objects.create(sku=sku, name="M", barcode=code)
        assert Product.objects.filter(barcode="c-1").count() == 1

    def test_variant_of_a_group(self):
        group, skus = ProductGroup.objects.create(name="Tee", handle="tee"), iter("AB")
        twice(
            lambda: Product.objects.create(
                sku=next(skus), name="Tee", group=group, option1="M"
            )
        )

    def test_two_roots_of_one_name(self):
        twice(lambda: Category.objects.create(name="Kitchen"))

    def test_brand_group_and_location_keys(self):
        names = iter(["Åre", "åre"])
        twice(lambda: Brand.objects.create(name=next(names)))
        handles = iter(["tee", "TEE"])
        twice(lambda: ProductGroup.objects.create(name="Tee", handle=next(handles)))
        codes = iter(["X", "x"])
        twice(lambda: Location.objects.create(name="X", code=next(codes)))

    def test_one_level_per_place(self):
        level = StockLevel(
            product=make_product(stock=1), location=Location.objects.get_default()
        )
        with breaks("stocklevel_once_per_place|UNIQUE"), transaction.atomic():
            level.save(force_insert=True)

    def test_operation_is_reversed_once_and_keys_are_used_once(self):
        first = Operation.objects.create(
            kind="imported", actor_label="T", source="site"
        )
        for values in ({"reverses": first}, {"idempotency_key": "k"}):
            twice(
                lambda values=values: Operation.objects.create(
                    kind="undone", actor_label="T", source="site", **values
                )
            )

    def test_one_default_location(self):
        with breaks("location_one_default|default_slot"), transaction.atomic():
            make_location(is_default=True)


def test_default_location_must_be_usable():
    for values in ({"is_active": False}, {"kind": "transit"}):
        with breaks("location_default_is_usable"), transaction.atomic():
            Location.objects.update(**values)
