"""manage.py refresh_figures; that it can go on stands in test_repeating."""

import pytest
from django.core.management import call_command

from products.models import ShopFigures
from products.reports.figures import counting
from products.tests.factories import adjust, make_product

pytestmark = pytest.mark.django_db

DONE = "The figures are brought up to date.\n"
IDLE = "Nothing has changed.\n"


@pytest.fixture
def said(capsys):
    def _said():
        call_command("refresh_figures")
        return capsys.readouterr().out

    return _said


def test_once_for_each_change(said, monkeypatch):
    monkeypatch.setattr(counting, "LARGE", 1)
    product = make_product(stock=10)
    assert [said(), said()] == [DONE, IDLE]
    adjust(product, -1)
    assert [said(), said()] == [DONE, IDLE]
    assert ShopFigures.objects.get().units == 9


def test_a_small_shop_needs_none(said):
    make_product(stock=10)
    assert said() == IDLE
    assert not ShopFigures.objects.exists()
