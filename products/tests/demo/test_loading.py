"""Loading the demo through the services."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from products.demo import loading
from products.demo.loading import ShopNotEmpty, is_loaded, load_shop
from products.models import (
    Category,
    Location,
    Operation,
    Product,
    ProductChange,
    StockLevel,
    StockMovement,
    Transfer,
)
from products.reports.stock_check import check_stock
from products.services.deleting import delete_product
from products.tests.factories import by, make_product, place_of

pytestmark = pytest.mark.django_db
DAYS = 14


def test_the_shop_is_filled(shop):
    loaded = load_shop(days=DAYS)
    assert loaded.products == Product.objects.count() == len(list(shop.products))
    assert loaded.operations == Operation.objects.count()
    assert loaded.movements == StockMovement.objects.count() > 100
    assert {place.code for place in Location.objects.stocked()} == set(shop.locations)


def test_products_are_as_the_files_say_today(shop):
    load_shop(days=DAYS)
    for demo in shop.products:
        product = Product.objects.get(sku=demo.sku)
        assert (product.name, product.price, product.cost, product.barcode) == (
            demo.name,
            demo.price,
            demo.cost,
            demo.barcode,
        )
        assert (product.status, product.supplier_name) == (demo.status, demo.supplier)
        assert product.brand is not None
        assert product.brand.name == demo.brand
        assert bool(product.image) is bool(demo.picture)


def test_categories_are_a_tree_with_icons(shop):
    load_shop(days=2)
    mugs = Category.objects.get(name="Mugs & cups")
    assert mugs.parent.parent.name == "Kitchen & table"
    assert mugs.icon == "cup-hot"


def test_variants_stand_in_a_group_and_single_products_in_none(shop):
    load_shop(days=2)
    mug = Product.objects.get(sku="MUG-STW-RST-350")
    assert (mug.group.name, mug.group.option1_name, mug.option1) == (
        "Stoneware mug “Bølge”, 350 ml",
        "Glaze",
        "Rust",
    )
    assert Product.objects.get(sku="BWL-KYO-MAT").group is None


def test_stock_ends_as_the_files_say(shop):
    load_shop(days=DAYS)
    statuses = dict(Product.objects.values_list("sku", "stock_status"))
    assert statuses["MUG-STW-OAT-350"] == Product.StockStatus.LOW
    assert statuses["MUG-STW-GRN-350"] == Product.StockStatus.OUT
    assert statuses["BWL-KYO-MAT"] == Product.StockStatus.IN_STOCK


def test_history_was_recorded_when_it_happened(shop):
    now = timezone.now()
    load_shop(days=DAYS, now=now)
    first = StockMovement.objects.earliest("recorded_at")
    assert timedelta(DAYS - 2) < now - first.recorded_at < timedelta(DAYS + 1)
    assert StockMovement.objects.latest("recorded_at").recorded_at <= now


def test_only_the_market_was_entered_late(shop):
    load_shop(days=36)
    late = Operation.objects.filter(movements__is_backdated=True).distinct()
    assert {operation.reason for operation in late} == {shop.reasons["late"]}


def test_people_of_the_story_stand_behind_it(shop):
    load_shop(days=DAYS)
    labels = set(Operation.objects.values_list("actor_label", flat=True))
    assert labels == {*shop.people, shop.web_shop}
    assert not Operation.objects.exclude(actor=None).exists()


def test_an_edit_of_the_past_is_in_the_trail(shop):
    load_shop(days=DAYS)
    change = ProductChange.objects.get(
        sku="MUG-STW-BLU-350", before__supplier_name="Keramik Lillebælt ApS"
    )
    assert change.after["supplier_name"] == "Keramik Sjælland ApS"


def test_shelves_bulky_goods_in_the_back(shop):
    load_shop(days=2)
    rug = StockLevel.objects.get(product__sku="RUG-TPP-140")
    assert (rug.location.code, rug.shelf) == ("BACK", "R-01")
    bowl = StockLevel.objects.get(product__sku="BWL-KYO-MAT", location__code="MAIN")
    assert bowl.shelf == "B-06-1"


def test_goods_are_between_the_locations(shop):
    load_shop(days=DAYS)
    states = Transfer.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["partial", "sent", "draft"]
    assert Product.objects.filter(in_transit__gt=0).count() == 2
    assert StockMovement.objects.filter(kind="lost", location__kind="transit").exists()
    assert check_stock().ok


def test_progress_is_told(shop):
    told = []
    load_shop(days=2, progress=lambda *step: told.append(step))
    assert [done for _stage, done, _total in told] == list(range(1, len(told) + 1))
    assert told[-1][1] == told[-1][2]


def test_refuses_a_shop_with_products():
    make_product()
    with pytest.raises(ShopNotEmpty):
        load_shop()
    assert Product.objects.count() == 1


def test_refuses_a_shop_with_a_history():
    product = make_product(stock=3)
    delete_product(product_id=place_of(product).product_id, circumstances=by())
    with pytest.raises(ShopNotEmpty):
        load_shop()


def test_knows_that_it_was_loaded(shop):
    assert not is_loaded()
    load_shop(days=2)
    assert is_loaded()


def test_a_failure_leaves_nothing_behind(shop, monkeypatch, media_root):
    def fail(**_kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(loading, "assign_shelves", fail)
    with pytest.raises(ZeroDivisionError):
        load_shop(days=2)
    assert not Product.objects.exists()
    assert not Category.objects.exists()
    assert default_storage.listdir("products")[1] == []
