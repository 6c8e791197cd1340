from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from products.exporting.registry import EXPORTS
from products.tests.factories import make_product

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
    call_command("export_products", output=file)
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
        call_command("export_products", output=file)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="can't be written: No such file"):
        call_command("export_products", output=tmp_path / "gone" / "out.csv")
