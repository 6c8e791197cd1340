"""The products in any order, page by page, as one sorted query would give them."""

from collections.abc import Hashable, Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F

from products.models import Brand, Product, product_queries, walking
from products.models.product_queries import ProductQuerySet
from products.models.stretches import Order, Place
from products.models.walking import Narrow, Reach, keys_in_order
from products.services.editing import update_product
from products.tests.factories import by, make_category, make_product

# MariaDB's index of words knows what is committed only.
pytestmark = pytest.mark.django_db(transaction=True)

ORDERS = [
    Order(column, is_falling)
    for column in ("name", "updated_at", "sku", "price", "available")
    for is_falling in (False, True)
]
NARROWS: dict[str, Narrow] = {
    "all": lambda products: products.listed(),
    "common words": lambda products: products.search("mug"),
    "rare words": lambda products: products.search("rarit mug"),
    "nothing": lambda products: products.search("mug spoon"),
    "signs": lambda products: products.search("%"),
    "category": lambda products: products.within({1}),
    "brand and stock": lambda products: products.of_brand(1).in_stock_state("out"),
    "status": lambda products: products.with_status("draft"),
    "no cost": lambda products: products.without_cost(),
    "at a location": lambda products: products.stocked_at(1),
}


@pytest.fixture(autouse=True)
def shop(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Forty products with equal names, prices and times; a walk of 3 steps."""
    monkeypatch.setattr(walking, "_edges", {})
    monkeypatch.setattr(walking, "STEPS", 3)
    monkeypatch.setattr(product_queries, "FEW", 3)
    category = make_category()
    brand = Brand.objects.create(name="Rarity")
    products = [
        make_product(
            sku=f"{number % 7}-{number}",
            name=f"{('Mug', 'Jug', 'mug 5%')[number % 3]} {number % 4}",
            price=None if number % 3 == 0 else Decimal(number % 4),
            stock=number % 5,
            cost=None if number % 2 else Decimal(1),
            status="draft" if number % 8 == 0 else "active",
            category=category if number % 4 == 0 else None,
            brand=brand if number % 6 == 0 else None,
        )
        for number in range(40)
    ]
    place = products[1].levels.get().location_id
    return {"category": category.pk, "brand": brand.pk, "place": place}


def in_steps(
    order: Order,
    narrow: Narrow,
    *,
    backwards: bool,
    reach: Reach = Reach.SOME,
    name: Hashable = None,
) -> Iterator[int]:
    place = Place(is_backwards=backwards)
    while True:
        keys = keys_in_order(
            order, narrow, limit=4, place=place, reach=reach, name=name
        )
        yield from (key.pk for key in keys)
        if len(keys) < 4:
            return
        place = Place(keys[-1], is_backwards=backwards)


def sorted_at_once(order: Order, narrow: Narrow) -> list[int]:
    column, pk = F(order.column), F("pk")
    rows = narrow(Product.objects.all())
    if order.is_falling:
        ordered = rows.order_by(column.desc(nulls_last=True), pk.desc())
    else:
        ordered = rows.order_by(column.asc(nulls_last=True), pk.asc())
    return list(ordered.values_list("pk", flat=True))


def meant(shop: dict[str, int], name: str) -> Narrow:
    narrows = NARROWS | {
        "category": lambda products: products.within({shop["category"]}),
        "brand and stock": lambda products: products.of_brand(
            shop["brand"]
        ).in_stock_state("out"),
        "at a location": lambda products: products.stocked_at(shop["place"]),
    }
    return narrows[name]


@pytest.mark.parametrize("name", NARROWS)
def test_pages_there_and_back(shop: dict[str, int], name: str) -> None:
    narrow = meant(shop, name)
    if name == "signs":  # where products are many, signs alone are found near by only
        assert list(Product.objects.search("%")) == []
        return
    for order in ORDERS:
        whole = sorted_at_once(order, narrow)
        assert list(in_steps(order, narrow, backwards=False)) == whole, order
        assert list(in_steps(order, narrow, backwards=True)) == whole[::-1], order
    assert bool(whole) is (name != "nothing")


def test_pages_of_all(shop: dict[str, int]) -> None:
    """Equal values are read in two parts where no index is entered at a pair."""
    narrow = meant(shop, "all")
    for order in ORDERS:
        whole = sorted_at_once(order, narrow)
        for backwards in (False, True):
            steps = in_steps(order, narrow, backwards=backwards, reach=Reach.ALL)
            assert list(steps) == (whole[::-1] if backwards else whole), order


@pytest.mark.parametrize("reach", Reach)
def test_sql_that_is_kept_answers_as_if_it_were_made_anew(
    shop: dict[str, int], reach: Reach
) -> None:
    for status in ("active", "draft"):

        def narrow(products: ProductQuerySet, status: str = status) -> ProductQuerySet:
            return products.with_status(status)

        for order in ORDERS:
            whole = sorted_at_once(order, narrow)
            for backwards in (False, True):
                steps = in_steps(
                    order, narrow, backwards=backwards, reach=reach, name=status
                )
                assert list(steps) == (whole[::-1] if backwards else whole), order


def test_few_need_one_query(django_assert_num_queries: object) -> None:
    def narrow(products: ProductQuerySet) -> ProductQuerySet:
        return products.beginning("3-")

    order = Order("name")
    with django_assert_num_queries(1):
        keys = keys_in_order(order, narrow, limit=50, reach=Reach.FEW)
    assert [key.pk for key in keys] == sorted_at_once(order, narrow)
    assert {Product.objects.get(pk=key.pk).sku[:2] for key in keys} == {"3-"}


def test_a_walk_that_has_found_its_share_goes_on(
    shop: dict[str, int], django_assert_num_queries: object
) -> None:
    order, narrow = Order("sku"), meant(shop, "category")
    # One among three, four among twelve: where both walks end, and both. On SQLite
    # where the first ends, the walk and the look-up.
    for queries in (3, 2) if connection.vendor == "sqlite" else (4, 2):
        with django_assert_num_queries(queries):
            keys = keys_in_order(order, narrow, limit=4)
        assert [key.pk for key in keys] == sorted_at_once(order, narrow)[:4]


def test_an_edge_that_has_moved_leaves_nothing_out(
    django_assert_num_queries: object,
) -> None:
    order = Order("name")

    def narrow(products: ProductQuerySet) -> ProductQuerySet:
        return products.with_status("draft")

    first = keys_in_order(order, narrow, limit=2)
    Product.objects.filter(pk=first[0].pk).update(name="zzz, behind all")
    with django_assert_num_queries(2):  # a walk in vain, and the look-up
        keys = keys_in_order(order, narrow, limit=50)
    assert [key.pk for key in keys] == sorted_at_once(order, narrow)


def test_a_name_that_changes_and_its_words_do_not() -> None:
    """MariaDB sorts by the name that its index of words has."""
    first, second = (make_product(name=name) for name in ("Sieve a a", "Sieve a b a"))

    def narrow(products: ProductQuerySet) -> ProductQuerySet:
        return products.search("sieve a")

    def by_name() -> list[int]:
        found = keys_in_order(Order("name"), narrow, limit=9, reach=Reach.FEW)
        return [key.pk for key in found]

    assert by_name() == [first.pk, second.pk]
    update_product(
        product_id=first.pk,
        changes={"name": "Sieve sieve a"},
        seen_version=1,
        circumstances=by(),
    )
    assert by_name() == [second.pk, first.pk]
