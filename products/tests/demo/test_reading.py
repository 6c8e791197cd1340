"""The files of the demo: what a person who edits them may get wrong."""

from collections import Counter
from decimal import Decimal

from PIL import Image
from stdnum import ean

from products.demo.reading import FOLDER, PATH_SEPARATOR, read_shop
from products.fields import fold_key
from products.icons import code_points
from products.models import Product

SHOP = read_shop()
PRODUCTS = list(SHOP.products)


def names(attribute: str) -> set[str]:
    return {getattr(product, attribute) for product in PRODUCTS}


def test_about_150_products_of_many_trades():
    assert len(PRODUCTS) > 150
    assert len(names("brand")) >= 20
    assert len({path.split(PATH_SEPARATOR)[0] for path in SHOP.categories}) >= 8


def test_skus_and_barcodes_are_unique():
    barcodes = [product.barcode for product in PRODUCTS if product.barcode]
    assert not [key for key, n in Counter(barcodes).items() if n > 1]
    skus = Counter(fold_key(product.sku) for product in PRODUCTS)
    assert not [key for key, n in skus.items() if n > 1]


def test_barcodes_are_in_store_gtins_or_no_gtins():
    digits = [p.barcode for p in PRODUCTS if p.barcode and p.barcode.isdigit()]
    assert all(ean.is_valid(code) and code.startswith("2") for code in digits)
    assert {len(code) for code in digits} == {8, 12, 13}
    assert any(p.barcode and not p.barcode.isdigit() for p in PRODUCTS)


def test_categories_are_listed_below_their_parents():
    seen: set[str] = {""}
    for path in SHOP.categories:
        parent, _separator, _name = path.rpartition(PATH_SEPARATOR)
        assert parent in seen
        seen.add(path)
    assert names("category") <= seen


def test_every_icon_exists():
    assert set(SHOP.categories.values()) <= code_points().keys()


def test_variants_have_a_value_for_each_option_and_differ():
    for group in SHOP.groups:
        options = [product.options for product in group.products]
        assert len(set(options)) == len(options)
        assert {len(values) for values in options} == {len(group.option_names)}


def test_a_variant_takes_from_its_group_and_sets_anew():
    collar = next(p for p in PRODUCTS if p.sku == "DOG-COL-M-RST")
    assert collar.name == "Dog collar, waxed canvas and brass, M / Rust"
    assert (collar.price, collar.pace) == (Decimal("26.00"), 5)
    skillet = next(p for p in PRODUCTS if p.sku == "SKL-CI-24")
    assert skillet.cost == Decimal("18.10")


def test_some_of_everything_a_catalogue_has():
    assert {product.status for product in PRODUCTS} == set(Product.Status)
    assert names("ends") == {"", "low", "out"}
    assert any(product.cost is None for product in PRODUCTS)
    assert any(product.barcode is None for product in PRODUCTS)
    assert any(not product.picture for product in PRODUCTS)
    assert any(product.name.startswith("<") for product in PRODUCTS)
    assert any(len(product.name) > 100 for product in PRODUCTS)


def test_edits_name_products_and_columns():
    for edit in SHOP.edits:
        product = next(p for p in PRODUCTS if p.sku == edit.sku)
        for column, before in edit.before.items():
            assert getattr(product, column) != before


def test_every_picture_is_used_and_every_used_one_is_there():
    files = {path.stem for path in (FOLDER / "pictures").iterdir()}
    assert files == names("picture") - {""}


def test_pictures_are_small_squares():
    for path in (FOLDER / "pictures").iterdir():
        assert path.stat().st_size < 15_000, path.name
        with Image.open(path) as image:
            assert (image.format, image.size) == ("WEBP", (600, 600)), path.name
