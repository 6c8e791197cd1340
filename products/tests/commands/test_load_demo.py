"""manage.py load_demo."""

from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from products.demo import loading
from products.management.commands import load_demo
from products.models import Product
from products.reports.stock_check import Problem, StockCheck, check_stock
from products.tests.demo.shops import small_shop
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def short_story(monkeypatch):
    """A corner of the shop and a week of its past, to be quick."""
    monkeypatch.setattr(loading, "read_shop", small_shop)
    monkeypatch.setattr(load_demo, "load_shop", partial(loading.load_shop, days=7))


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("load_demo", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_loads_the_demo_and_checks_it(short_story):
    out, _err = run()
    assert f"Loaded {Product.objects.count()} products" in out
    assert "Every figure follows from its movements." in out
    assert check_stock().ok


def test_progress_is_plain_lines_where_there_is_no_terminal(short_story):
    _out, err = run()
    assert "Operations: " in err


def test_a_second_time_changes_nothing(short_story):
    run()
    before = Product.objects.count()
    out, _err = run()
    assert out == "The demo was loaded before. Nothing was changed.\n"
    assert Product.objects.count() == before


def test_refuses_a_shop_of_somebody_else():
    make_product()
    with pytest.raises(CommandError, match="empty shop only"):
        run()


def test_makes_synthetic_products():
    out, _err = run("--products", "12")
    assert "Loaded 12 products, 2 operations and 24 movements." in out
    assert check_stock().ok


@pytest.mark.parametrize("count", ["0", "-3", "many"])
def test_refuses_a_number_that_is_none(count):
    with pytest.raises(CommandError):
        run("--products", count)


def test_synthetic_products_go_into_an_empty_shop_only(short_story):
    run()
    with pytest.raises(CommandError, match="empty shop only"):
        run("--products", "5")


def test_a_fault_found_by_the_check_is_an_error(monkeypatch):
    fault = Problem("balance", "MUG-1", "MAIN", 4, "On hand after is 3, not 4.")
    wrong = StockCheck(1, 1, 4, "", (fault,))
    monkeypatch.setattr(load_demo, "check_stock", lambda progress: wrong)
    with pytest.raises(CommandError, match="MUG-1: On hand after is 3"):
        run("--products", "4")
