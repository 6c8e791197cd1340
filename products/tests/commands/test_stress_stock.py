"""manage.py stress_stock: processes of their own race for the last piece."""

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from products.benchmarks import stress
from products.benchmarks.buyers import Bought
from products.models import Product
from products.reports.stock_check import check_stock

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]


def run(*args: str) -> str:
    out = StringIO()
    call_command("stress_stock", *args, stdout=out)
    return out.getvalue()


def test_every_unit_goes_to_one_buyer() -> None:
    found = json.loads(run("--buyers", "4", "--units", "20", "--json"))
    assert found["ok"], found
    assert (found["accepted"], found["refused"]) == (20, 4)
    assert found["repeated"]
    assert not Product.objects.exists()
    assert check_stock().ok


def test_says_what_it_proved() -> None:
    text = run("--buyers", "2", "--units", "3")
    assert "2 buyers, 3 units" in text
    assert "ok the hash chain holds" in text


def test_a_unit_sold_twice_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    lies = Bought(Counter(accepted=3, refused=2), 0, 1)
    monkeypatch.setattr(stress, "buy_at_once", lambda *_args: lies)
    with pytest.raises(CommandError, match="went wrong"):
        run("--units", "3")


@pytest.mark.parametrize("buyers", ["0", "-1", "many", "100000"])
def test_senseless_number(buyers: str) -> None:
    with pytest.raises(CommandError, match="no whole number from 1 to 200"):
        run("--buyers", buyers)
