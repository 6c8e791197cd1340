"""What the columns of tables of this trade are taken for, unseen."""

import csv
from collections.abc import Iterable
from io import StringIO

import pytest

from products.importing.column_names import NAMES, words_of
from products.importing.fields import READERS
from products.importing.guessing import Column, guess, sample_columns
from products.tabular.reading import Record


def guessed(text: str, *, by_content: bool = True) -> dict[str, tuple[str, str]]:
    """Header -> field and reason, of the columns of a CSV that are taken for one."""
    header, *rows = csv.reader(StringIO(text), delimiter=";")
    columns = sample_columns(header, records(rows))
    guess(columns, by_content=by_content)
    return {column.title: (column.name, column.why) for column in columns if column.why}


def records(rows: Iterable[list[str]]) -> list[Record]:
    return [Record(number, tuple(row)) for number, row in enumerate(rows, start=2)]


def fields(text: str, **kwargs: bool) -> dict[str, str]:
    return {title: name for title, (name, _why) in guessed(text, **kwargs).items()}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("unitsInStock", "units in stock"),
        ("Artikel-Nr.", "artikel nr"),
        ("Prix d'achat", "prix d achat"),
        ("Référence", "reference"),
        ("GTIN/EAN", "gtin ean"),
        ("SKU", "sku"),
        ("productID", "product id"),
        (" Größe (cm) ", "grosse cm"),
    ],
)
def test_the_words_of_a_header(title, words):
    assert words_of(title) == words


def test_every_spelling_is_written_as_words_are_and_stands_once():
    spellings = [name for names in NAMES.values() for name in names.split(", ")]
    assert [name for name in spellings if words_of(name) != name] == []
    assert len(spellings) == len(set(spellings))
    assert NAMES.keys() <= READERS.keys()


def test_a_german_supplier_list():
    assert fields(
        "Artikelnummer;Bezeichnung;EAN;EK netto;VK brutto;Lagerbestand;Warengruppe;"
        "Hersteller;Lieferant;Gewicht (kg);Farbe\n"
        "4711-01;Becher blau;4006381333931;6,50;14,90;12;Küche;Bølge;Töpferei;0,35;b\n"
    ) == {
        "Artikelnummer": "sku",
        "Bezeichnung": "name",
        "EAN": "barcode",
        "EK netto": "cost",
        "VK brutto": "price",
        "Lagerbestand": "on_hand",
        "Warengruppe": "category",
        "Hersteller": "brand",
        "Lieferant": "supplier_name",
        "Gewicht (kg)": "weight_kg",
    }


def test_a_french_price_list():
    assert fields(
        "Référence;Désignation;Code-barres;Prix d'achat;Prix TTC;Qté en stock;"
        "Fournisseur;Marque\n"
        "T-1;Tasse;4006381333931;6,50;14,90;12;Poterie;Bølge\n"
    ) == {
        "Référence": "sku",
        "Désignation": "name",
        "Code-barres": "barcode",
        "Prix d'achat": "cost",
        "Prix TTC": "price",
        "Qté en stock": "on_hand",
        "Fournisseur": "supplier_name",
        "Marque": "brand",
    }


def test_a_spanish_price_list():
    assert fields(
        "Código;Nombre;Código de barras;Precio de compra;PVP;Existencias;Proveedor\n"
        "T-1;Taza;4006381333931;6.50;14.90;12;Alfarero\n"
    ) == {
        "Código": "sku",
        "Nombre": "name",
        "Código de barras": "barcode",
        "Precio de compra": "cost",
        "PVP": "price",
        "Existencias": "on_hand",
        "Proveedor": "supplier_name",
    }


def test_the_clearest_name_wins_and_no_field_is_given_twice():
    assert fields("id;Name;SKU;Code\n1;Mug;M-1;7\n2;Cup;C-1;8\n") == {
        "Name": "name",
        "SKU": "sku",
    }


def test_our_own_stock_columns_keep_their_location():
    assert fields("Artikel-Nr;on_hand:BACK\nA;3\n") == {
        "Artikel-Nr": "sku",
        "on_hand:BACK": "on_hand:BACK",
    }


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("sku;status\nA;1\nB;0\n", "status"),
        ("sku;images\nA;1.webp\nB;2.webp\n", "images"),
        ("sku;stock\nA;default=100\nB;default=3\n", "stock"),
        ("sku;inventories\nA;12\nB;3\n", "inventories"),
        ("sku;price\nA;on request\nB;ask us\n", "price"),
        ("Title;Product ID\nA;11\nB;11\nC;11\n", "Product ID"),
    ],
)
def test_a_name_is_not_believed_when_its_cells_can_not_be_read_so(text, title):
    assert title not in guessed(text)


def test_a_price_with_its_currency_is_still_the_price():
    assert fields("sku;Preis\nA;12,90 €\nB;EUR 9,00\n")["Preis"] == "price"


CONTENT = (
    "A;B;C;D;E;F;G\n"
    "MUG-01;Blue mug;4006381333931;14.90;Kitchen > Mugs;https://x.example/1.jpg;"
    f"{'A mug made by hand, glazed twice, for every day of the week. ' * 2}\n"
    "CUP-02;Red cup;5701234567899;9.50;Kitchen > Cups;https://x.example/2.jpg;"
    f"{'A cup made by hand, glazed twice, for every day of the week. ' * 2}\n"
)


def test_headers_that_say_nothing_are_judged_by_their_content():
    assert guessed(CONTENT) == {
        "A": ("sku", "content"),
        "B": ("name", "content"),
        "C": ("barcode", "content"),
        "D": ("price", "content"),
        "E": ("category", "content"),
        "F": ("image_url", "content"),
        "G": ("description", "content"),
    }


def test_a_command_is_told_names_only():
    assert guessed(CONTENT, by_content=False) == {}


def test_whole_numbers_are_stock_when_the_header_has_a_word_of_it():
    text = "sku;Bestand Halle 2;Bestellt (Menge)\nA;3;9\nB;0;9\n"
    assert guessed(text)["Bestand Halle 2"] == ("on_hand", "content")
    assert "Bestellt (Menge)" not in guessed(text)


@pytest.mark.parametrize(
    "text",
    [
        "X;Y\nA;4006381333932\nB;12345\n",  # wrong check digit, no GTIN
        "X;Y\nA;1.50\nB;page\n",
        "X;Y\nA;https://x.example/page\nB;https://x.example/other\n",
        "X;Y\nA;red\nB;red\n",
    ],
)
def test_what_is_not_sure_is_not_guessed(text):
    assert "Y" not in guessed(text)


def test_of_two_columns_with_prices_none_is_guessed():
    text = "X;Y\n1.50;2.50\n3.50;4.50\n"
    assert guessed(text) == {}


def test_columns_without_a_header_of_their_own_are_left_out():
    columns = sample_columns(
        ["sku", "", "SKU ", "name"], records([["A", "B", "C", "D"]])
    )
    assert [(column.index, column.title) for column in columns] == [
        (0, "sku"),
        (3, "name"),
    ]


def test_what_somebody_has_named_stays():
    mine = Column(0, "Name", ["Mug"], name="", why="asked")
    other = Column(1, "Titel", ["Mug"])
    guess([mine, other], by_content=True)
    assert (mine.name, other.name) == ("", "name")


def test_cells_of_many_records_are_not_kept():
    rows = records([["A" * 100_000, "x"]] * 1_000)
    columns = sample_columns(["sku", "name"], rows)
    assert sum(map(len, columns[0].cells)) <= 100_000
