"""Products that were never made, by their number."""

from stdnum import ean

from products.demo.synthetic import (
    BRANDS,
    SUBCATEGORIES,
    synthetic_product,
    synthetic_products,
)

SOME = list(synthetic_products(0, 2_000))


def test_a_batch_is_the_same_without_those_before_it():
    assert list(synthetic_products(1_500, 10)) == SOME[1_500:1_510]


def test_codes_are_unique_also_past_a_million():
    numbers = [*range(2_000), *range(999_000, 1_001_000)]
    products = [synthetic_product(number) for number in numbers]
    assert len({product.sku for product in products}) == len(products)
    assert len({product.barcode for product in products}) == len(products)


def test_barcodes_are_gtins():
    assert all(ean.is_valid(product.barcode) for product in SOME)


def test_every_brand_and_category_occurs():
    assert {product.brand for product in SOME} == set(BRANDS)
    assert {product.category for product in SOME} == set(SUBCATEGORIES)
    assert len({product.name for product in SOME}) > 1_900


def test_two_movements_each_on_average_and_never_below_zero():
    assert sum(1 + len(product.sold) for product in SOME) == 2 * len(SOME)
    assert all(sum(product.sold) <= product.opening for product in SOME)
    assert all(quantity > 0 for product in SOME for quantity in product.sold)
