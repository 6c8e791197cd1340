import csv
from dataclasses import replace
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from products.exporting.products import key_batches
from products.exporting.registry import EXPORTS
from products.models import Brand, Product
from products.tests.factories import make_category, make_product

pytestmark = pytest.mark.django_db


def test_it_prints_every_product():
    make_product(sku="MUG-1", name="Mug", price="14.90", cost="6", stock=3)
    out = StringIO()
    call_command("export_products", stdout=out)
    header, row = out.getvalue().splitlines()
    assert header.startswith("\ufeffsku,name,description,category,")
    assert row.startswith("MUG-1,Mug,")
    assert row.endswith(",3")


def test_cost_only_when_it_is_asked_for():
    make_product(sku="MUG-1", cost="6.5")
    plain, with_cost = StringIO(), StringIO()
    call_command("export_products", stdout=plain)
    call_command("export_products", "--cost", stdout=with_cost)
    assert "cost" not in plain.getvalue()
    assert ",cost," in with_cost.getvalue()
    assert ",6.5," in with_cost.getvalue()


def test_output_replaces_the_file_as_a_whole(tmp_path):
    file = tmp_path / "out.csv"
    file.write_text("old")
    make_product(sku="MUG-1", name="Bølge")
    call_command("export_products", output=file, stderr=StringIO())
    assert "Bølge" in file.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [file]


def test_a_failure_leaves_the_old_file(tmp_path, monkeypatch):
    def fail(_asked):
        yield b"sku"
        raise RuntimeError

    file = tmp_path / "out.csv"
    file.write_text("old")
    broken = replace(EXPORTS["native"], write=fail)
    monkeypatch.setattr(
        "products.management.commands.export_products.EXPORTS", {"native": broken}
    )
    with pytest.raises(RuntimeError):
        call_command("export_products", output=file, stderr=StringIO())
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="can't be written: No such file"):
        call_command("export_products", output=tmp_path / "gone" / "out.csv")


def skus(*args):
    out = StringIO()
    call_command("export_products", *args, stdout=out)
    text = out.getvalue().removeprefix("\ufeff")
    return [row["sku"] for row in csv.DictReader(StringIO(text, newline=""))]


def test_the_options_mean_what_the_filters_of_the_list_mean():
    kitchen = make_category("Kitchen")
    make_product(sku="B", name="Blue mug", category=make_category("Mugs", kitchen))
    make_product(sku="a", name="Red mug", brand=Brand.objects.create(name="Bølge"))
    make_product(sku="C", name="Old mug", status=Product.Status.ARCHIVED)
    make_product(sku="D", name="Bowl")
    assert skus() == ["a", "B", "C", "D"]
    assert skus("--search", "MUG") == ["a", "B", "C"]
    assert skus("--search", "mug", "--status", "active") == ["a", "B"]
    assert skus("--category", "kitchen") == ["B"]
    assert skus("--category", "Kitchen > Mugs") == ["B"]
    assert skus("--brand", "BØLGE") == ["a"]
    assert skus("--brand", "BØLGE", "--search", "blue") == []


@pytest.mark.parametrize("option", ["category", "brand"])
def test_names_that_are_not_there(option):
    with pytest.raises(CommandError, match=f"There is no {option} “Tea”."):
        call_command("export_products", f"--{option}", "Tea", stdout=StringIO())


@pytest.mark.parametrize("code", EXPORTS)
def test_every_format_goes_into_a_file(tmp_path, code):
    make_product(sku="MUG-1", stock=3)
    file = tmp_path / "out"
    call_command("export_products", format=code, output=file, stderr=StringIO())
    assert file.stat().st_size > 100


def test_a_workbook_is_not_printed():
    with pytest.raises(CommandError, match=r"Name the file: --output products\.xlsx"):
        call_command("export_products", format="xlsx", stdout=StringIO())


def test_it_says_how_far_it_is(tmp_path, monkeypatch):
    batches = partial(key_batches, size=2)
    monkeypatch.setattr("products.exporting.native.key_batches", batches)
    for _ in range(5):
        make_product()
    said = StringIO()
    call_command("export_products", output=tmp_path / "out.csv", stderr=said)
    assert "Writing products: 2 of 5" in said.getvalue()
    assert "Writing products: 4 of 5" in said.getvalue()
