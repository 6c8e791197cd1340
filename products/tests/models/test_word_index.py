"""The index of words: kept true by triggers, put back when it is gone."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from products.fields import WORDS_LENGTH, search_words
from products.models import Brand, Product, word_index
from products.models.word_index import (
    TABLE,
    TRIGGERS,
    install_word_index,
    missing_parts,
)
from products.models.word_lookup import ids_with
from products.services.deleting import delete_product
from products.services.editing import update_product
from products.services.inserting import insert_rows
from products.services.references import rename_brand
from products.tests.factories import by, make_product

# MariaDB's index knows what is committed only.
pytestmark = pytest.mark.django_db(transaction=True)


def indexed(text: str) -> list[str]:
    found = Product.objects.filter(pk__in=ids_with(search_words(text)))
    return list(found.order_by("sku").values_list("sku", flat=True))


def make_products(count: int, name: str) -> None:
    insert_rows([Product(sku=f"N-{number}", name=name) for number in range(count)])


def test_what_is_added_edited_and_deleted() -> None:
    product = make_product(sku="A-1", name="Blue mug")
    assert indexed("blue m") == ["A-1"]
    update_product(
        product_id=product.pk,
        changes={"name": "Red jug"},
        seen_version=1,
        circumstances=by(),
    )
    assert (indexed("blue"), indexed("red ju")) == ([], ["A-1"])
    delete_product(product_id=product.pk, circumstances=by())
    assert indexed("red") == []


def test_many_at_once() -> None:
    make_products(60, name="Bowl of oak")
    assert len(indexed("bowl oak")) == 60


@pytest.mark.parametrize("text", ["x", "9", "the", "zz", "o'neill", "naïve", "日本"])
def test_any_word_is_known(text: str) -> None:
    make_product(sku="B", name="x 9 the zz O'Neill naive 日本語")
    make_product(sku="C", name="nothing of this")
    assert indexed(text) == ["B"]


@pytest.mark.parametrize(
    "text",
    [
        "oak mugs",
        "mug oaken st",
        "oak 350 stoneware",  # a number between
        "o mugs",  # too short to be one of two
        "stone stoneware",  # that begin alike
        "mug-stw oak",  # a code and its parts
        "wool_mix oak",
        "“bøl oak",
        "oak mug stw wool alder 3 a",
    ],
)
def test_words_are_known_together(text: str) -> None:
    make_product(
        sku="MUG-STW-350",
        name="Oaken stoneware mugs “Bølge”, wool_mix",
        brand=Brand.objects.create(name="Alderbeck A"),
    )
    make_product(sku="C", name="Oaken plate")
    make_product(sku="D", name="Mugs in stone")
    assert indexed(text) == ["MUG-STW-350"]


def test_as_many_words_as_a_product_may_have() -> None:
    letters = "abcdefghijk"
    words = [one + other + "x" for one in letters for other in letters]
    make_product(sku="E", name=" ".join(words[:60]), brand=None)
    Product.objects.filter(sku="E").update(
        search_text="".join(f" {word}" for word in words[: WORDS_LENGTH // 4])
    )
    assert indexed("aax bbx") == ["E"]


def test_products_are_found_by_the_new_name_of_their_brand() -> None:
    brand = Brand.objects.create(name="Alderbeck")
    make_product(sku="D", brand=brand)
    assert indexed("alder") == ["D"]
    brand.name = "Birkdale"
    rename_brand(brand)
    assert (indexed("alder"), indexed("birk")) == ([], ["D"])
    product = Product.objects.get(sku="D")
    assert "birkdale" in product.search_text


def test_put_back_and_filled_when_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_index, "FILLED_AT_ONCE", 2)
    assert missing_parts(connection) == []
    with connection.cursor() as cursor:
        on = " ON products_product" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {TABLE}_added{on}")
    make_products(5, name="Unseen lamp")
    assert missing_parts(connection) == [f"{TABLE}_added"]
    assert indexed("lamp") == []
    install_word_index(connection)
    assert missing_parts(connection) == []
    assert len(indexed("lamp")) == 5


def test_nothing_is_left_where_no_product_is() -> None:
    make_product(sku="E", name="Fleeting")
    with connection.cursor() as cursor:
        if connection.vendor == "mysql":  # knows no trigger of TRUNCATE
            cursor.execute("SET FOREIGN_KEY_CHECKS = 0")
            cursor.execute("TRUNCATE products_product")
            cursor.execute("SET FOREIGN_KEY_CHECKS = 1")
        elif connection.vendor == "postgresql":
            cursor.execute("TRUNCATE products_product CASCADE")
        else:
            Product.objects.all()._raw_delete("default")
    install_word_index(connection)
    column = "rowid" if connection.vendor == "sqlite" else "product_id"
    match = f" WHERE {TABLE} MATCH 'fleeting'" if column == "rowid" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {TABLE}{match}")
        assert not cursor.fetchall()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="has parallel readers")
def test_an_older_index_gets_one_reader_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} RESET (parallel_workers)")
        install_word_index(connection)
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = %s", [TABLE])
        assert cursor.fetchone() == (["parallel_workers=0"],)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite's is made anew")
def test_an_older_index_is_made_anew() -> None:
    make_product(sku="A", name="Stoneware bowl")
    migration = import_module("products.migrations.0015_longer_beginnings")
    with connection.schema_editor() as editor:
        migration.drop_word_index(apps, editor)
    assert missing_parts(connection) == [TABLE, *TRIGGERS]
    install_word_index(connection)
    assert indexed("stonewar bow") == ["A"]
