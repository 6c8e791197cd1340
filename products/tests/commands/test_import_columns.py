"""`import_products --map`: naming the columns of a table on the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from products.importing.naming import remember
from products.models import ColumnMapping, Product
from products.tests.factories import make_location

pytestmark = pytest.mark.django_db

TEXT = "Nr;Titel;Preis;Farbe\nA-1;Becher;12,90;blau\nB-2;Tasse;9,00;rot\n"


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text(TEXT)
    return file


def run(*args, **kwargs):
    out = StringIO()
    call_command("import_products", *args, stdout=out, stderr=StringIO(), **kwargs)
    return out.getvalue()


def test_columns_are_named_and_the_rest_is_taken_by_name(path):
    said = run(path, "--map", "Nr=sku", "--map", "Farbe=tags")
    assert "Any table, UTF-8, semicolon, 2 rows" in said
    assert (
        "Columns:\n  Nr = sku, as asked for\n  Titel = name, by its name\n"
        "  Preis = price, by its name\n  Farbe = tags, as asked for\n"
    ) in said
    assert Product.objects.get(sku="A-1").tags == "blau"


def test_nothing_after_the_equals_sign_leaves_a_column_out(path):
    said = run(path, "--map", "nr=SKU", "--map", "Preis=")
    assert "not read: Preis, Farbe" in said
    assert Product.objects.get(sku="A-1").price is None


def test_a_dry_run_says_the_same_and_json_has_it(path):
    document = json.loads(run(path, "--map", "Nr=sku", "--dry-run", "--json"))
    assert document["format"] == "table"
    assert document["columns"] == {"Nr": "sku", "Titel": "name", "Preis": "price"}
    assert not Product.objects.exists()


def test_the_columns_are_called_as_in_our_own_file(path):
    names = "--map", "Preis=weight_g", "--map", "Nr=sku", "--map", "Farbe=supplier"
    document = json.loads(run(path, *names, "--dry-run", "--json"))
    assert document["columns"]["Farbe"] == "supplier"
    assert document["columns"]["Preis"] == "weight_g"


@pytest.fixture
def refused(path):
    def try_it(*args):
        with pytest.raises(CommandError) as caught:
            run(path, *args)
        assert not Product.objects.exists()
        return str(caught.value)

    return try_it


def test_a_field_that_is_not_there_is_refused_with_those_that_are(refused):
    said = refused("--map", "Titel=colour")
    assert "There is no field “colour”. There are: sku, name, description," in said
    assert "on_hand:CODE" in said


def test_a_column_that_is_not_there_is_refused_with_those_that_are(refused):
    said = refused("--map", "Title=name")
    assert said.startswith("The file has no column “Title”.")
    assert "It has: Nr, Titel, Preis, Farbe." in said


@pytest.mark.parametrize("text", ["Titel", "=name", " =name"])
def test_what_names_no_column_is_refused(refused, text):
    assert refused("--map", text).startswith("Write HEADER=FIELD")


def test_another_format_takes_no_names(refused):
    said = refused("--map", "Titel=name", "--format", "native")
    assert said == "--map names the columns of the format “table” only."


def test_two_columns_for_one_field_are_refused(refused):
    said = refused("--map", "Titel=name", "--map", "Farbe=name", "--map", "Nr=sku")
    assert said.startswith("The columns “Titel” and “Farbe” mean the same.")


def test_without_a_name_for_its_columns_a_table_is_refused_with_the_way_on(refused):
    assert "columns of this file are not known" in refused()
    assert "--map" in refused()
    assert "Say which column holds the SKU" in refused("--format", "table")


def test_what_a_person_named_on_the_site_is_used(path):
    header = ["Nr", "Titel", "Preis", "Farbe"]
    remember(header, {"Nr": "sku", "Titel": "name", "Preis": "cost", "Farbe": ""})
    said = run(path, "--map", "Farbe=brand")
    assert "Preis = cost, as named before" in said
    assert "Farbe = brand, as asked for" in said
    assert ColumnMapping.objects.get().mapping["Farbe"] == ""


def test_what_is_asked_for_takes_a_field_from_what_was_named_before(path):
    header = ["Nr", "Titel", "Preis", "Farbe"]
    remember(header, {"Nr": "sku", "Titel": "name", "Preis": "cost", "Farbe": ""})
    said = run(path, "--map", "Preis=", "--map", "Farbe=name", "--dry-run")
    assert "Farbe = name, as asked for\n" in said
    assert "not read: Titel, Preis\n" in said


def test_an_equals_sign_may_stand_in_a_header(tmp_path):
    file = tmp_path / "odd.csv"
    file.write_text("a=b;Titel\nA;Mug\n")
    run(file, "--map", "a=b=sku")
    assert Product.objects.get().sku == "A"


def test_stock_can_go_to_a_location(path):
    make_location(code="BACK")
    path.write_text("Nr;Titel;Bestand\nA;Mug;4\n")
    run(path, "--map", "Nr=sku", "--map", "Bestand=on_hand:back")
    assert Product.objects.get().levels.get().location.code == "BACK"


def test_a_key_stands_for_the_names_too(path):
    run(path, "--map", "Nr=sku", "--key", "one")
    with pytest.raises(CommandError, match="was used for another request"):
        run(path, "--map", "Nr=sku", "--map", "Farbe=tags", "--key", "one")
    assert "Imported before" in run(path, "--map", "Nr=sku", "--key", "one")
