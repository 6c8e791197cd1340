"""manage.py check_stock."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from products.models import Product
from products.services.ledger_head import ledger_head
from products.tests.factories import make_product

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
