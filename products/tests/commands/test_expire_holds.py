"""manage.py expire_holds; that it can go on stands in test_repeating."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_product, reload

pytestmark = pytest.mark.django_db


def due_hold():
    product = make_product(stock=5)
    past = timezone.now() - timedelta(hours=2)
    hold_stock(
        wanted=[Wanted(product.pk, 3)],
        circumstances=by(now=past),
        expires_at=past + timedelta(hours=1),
    )
    return product


def test_once(capsys):
    product = due_hold()
    call_command("expire_holds")
    assert capsys.readouterr().out == "Holds expired: 1.\n"
    assert reload(product).available == 5
    call_command("expire_holds")
    assert capsys.readouterr().out == "Holds expired: 0.\n"
