"""manage.py check_stock."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from products.management.commands import check_stock
from products.models import Product, ShopFigures
from products.reports.figures import counting, refresh_figures
from products.services.ledger_head import ledger_head
from products.tests.factories import adjust, make_product

pytestmark = pytest.mark.django_db


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("check_stock", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def damaged(db):
    product = make_product(sku="MUG-1", stock=3)
    Product.objects.filter(pk=product.pk).update(on_hand=4)


def test_a_sound_shop():
    make_product(stock=3)
    code, out, err = run()
    assert code == 0
    assert out.splitlines() == [
        "Checked: products 1, stock levels 1, movements 1.",
        f"Ledger head: {ledger_head()}",
        "Every figure follows from its movements.",
    ]
    assert err == ""


def test_a_damaged_one(damaged):
    code, out, _err = run()
    assert code == 1
    found = "total: MUG-1: On hand of the product is 4, and should be 3."
    assert found in out.splitlines()
    assert "follows" not in out


def test_json_is_one_document():
    make_product(stock=3)
    code, out, err = run("--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "ok": True,
        "products": 1,
        "levels": 1,
        "movements": 1,
        "head": ledger_head(),
        "problems": [],
    }


def test_json_of_a_damaged_shop(damaged):
    code, out, _err = run("--json")
    document = json.loads(out)
    assert (code, document["ok"]) == (1, False)
    assert document["problems"] == [
        {
            "check": "total",
            "product": "MUG-1",
            "location": None,
            "movement": None,
            "detail": "On hand of the product is 4, and should be 3.",
        }
    ]


class TestFigures:
    @pytest.fixture(autouse=True)
    def large_shop(self, monkeypatch):
        monkeypatch.setattr(counting, "LARGE", 1)
        self.product = make_product(stock=3)
        refresh_figures()

    def test_right_ones(self):
        assert run()[0] == 0

    def test_wrong_ones_are_said_once_and_put_right(self):
        ShopFigures.objects.update(units=4, value=99)
        code, out, _err = run()
        assert code == 1
        words = "figures: The figure “units” on top of the dashboard is 4, and should"
        assert f"{words} be 3. (1 more like it)" in out.splitlines()
        assert ShopFigures.objects.get().units == 3
        assert run()[0] == 0

    def test_old_ones_are_not_wrong_but_counted_anew(self):
        adjust(self.product, 4)
        assert run()[0] == 0
        assert ShopFigures.objects.get().units == 7

    def test_a_busy_database_keeps_the_answer(self, monkeypatch):
        def fail(**_how):
            raise OperationalError("database is locked")

        monkeypatch.setattr(check_stock, "refresh_figures", fail)
        code, out, err = run()
        assert code == 0
        assert "follows" in out
        assert "stay as they are: database is locked" in err
