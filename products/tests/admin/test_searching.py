"""What the lists of history and stock find, and by which index they find it."""

import pytest
from django.contrib.messages import get_messages

from products.models import (
    Hold,
    ImportRun,
    Location,
    Operation,
    ProductChange,
    ProductGroup,
    StockLevel,
    StockMovement,
    Stocktake,
    StocktakeLine,
    Transfer,
    TransferLine,
)
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import adjust, by, make_location, make_product

pytestmark = pytest.mark.django_db

NONSENSE = [
    "\ufffd",
    "%",
    "_",
    "'",
    '"',
    "\\",
    "((",
    "*",
    "-1",
    "9" * 40,
    "NaN",
    "  ",
    "\U0010ffff",
    "́",
    "x" * 5000,
    "a OR b",
    "<script>",
    "\t",
]


def address_of(model) -> str:
    return f"/admin/products/{model._meta.model_name}/"


def found(client, model, text) -> list:
    response = client.get(address_of(model), {"q": text})
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


@pytest.mark.parametrize("model", [StockMovement, StockLevel, ProductChange, Hold])
class TestBySku:
    @pytest.fixture
    def mug(self):
        mug = make_product(sku="MUG-Blue", barcode="5701234567899", stock=3)
        other = make_product(sku="MUG-Blue-L", stock=3)
        last = make_product(sku="Vase", name="MUG-Blue vase", stock=3)
        for product in (mug, other, last):
            hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by())
        return mug

    @pytest.mark.parametrize("text", ["MUG-Blue", " mug-blue ", "5701234567899"])
    def test_whole(self, root, model, mug, text):
        rows = found(root, model, text)
        assert {row.product_id for row in rows} == {mug.pk}

    def test_how_it_begins(self, root, model, mug):
        assert len({row.product_id for row in found(root, model, "mug-b")}) == 2
        assert not found(root, model, "blue")

    def test_wildcards_are_letters(self, root, model, mug):
        assert not found(root, model, "mug%")
        assert not found(root, model, "mug_blue")

    @pytest.mark.parametrize("text", NONSENSE)
    def test_nonsense_is_no_error(self, root, model, mug, text):
        found(root, model, text)

    def test_many_are_shortened_with_a_word(self, root, model, mug, monkeypatch):
        monkeypatch.setattr("products.admin.searching.MOST_PRODUCTS", 1)
        response = root.get(address_of(model), {"q": "mug"})
        (message,) = get_messages(response.wsgi_request)
        assert str(message).startswith("Many SKUs begin so: the first 1 are shown.")
        rows = response.context["cl"].result_list
        assert {row.product_id for row in rows} == {mug.pk}


@pytest.mark.parametrize("text", NONSENSE)
@pytest.mark.parametrize(
    "name",
    [
        "product",
        "operation",
        "importrun",
        "transfer",
        "stocktake",
        "productgroup",
        "brand",
        "category",
        "location",
    ],
)
def test_nonsense_is_no_error(root, name, text):
    make_product()
    assert root.get(f"/admin/products/{name}/", {"q": text}).status_code == 200


def test_operations_by_number_and_by_words_of_the_newest(root, monkeypatch):
    product = make_product(stock=5)
    adjust(product, -1, reason="Broken by rain")
    last = Operation.objects.latest("pk")
    first = Operation.objects.earliest("pk")
    assert found(root, Operation, "rain broken") == [last]
    assert first in found(root, Operation, str(first.pk))
    monkeypatch.setattr("products.admin.searching.NEWEST", 0)
    assert not found(root, Operation, "rain")


def test_documents_by_their_lines_and_their_words(root):
    main, back = Location.objects.get_default(), make_location()
    product = make_product(sku="MUG-1")
    transfer = Transfer.objects.create(
        source=main, destination=back, created_by_label="A", reference="Van 7"
    )
    TransferLine.objects.create(
        transfer=transfer, product=product, sku="MUG-1", quantity=1
    )
    counted = Stocktake.objects.create(
        name="Spring count", location=main, created_by_label="A"
    )
    StocktakeLine.objects.create(
        stocktake=counted, product=product, sku="MUG-1", location=main
    )
    for text in ("mug-1", "van"):
        assert found(root, Transfer, text) == [transfer]
    for text in ("MUG-", "spring"):
        assert found(root, Stocktake, text) == [counted]
    assert not found(root, Transfer, "elsewhere")


def test_holds_by_what_they_are_for(root):
    product = make_product(stock=3)
    hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by(reference="Order 4711"))
    assert len(found(root, Hold, "4711")) == len(
        Hold.objects.filter(reference="Order 4711")
    )


def test_imports_by_file(root):
    run = ImportRun.objects.create(file_name="shelf.csv", size=1, actor_label="T")
    assert found(root, ImportRun, "shelf") == [run]


def test_groups_by_how_the_handle_begins(root):
    tee = ProductGroup.objects.create(name="Shirt", handle="Tee-Summer")
    ProductGroup.objects.create(name="Tee", handle="shirt")
    assert found(root, ProductGroup, "tee-s") == [tee]
