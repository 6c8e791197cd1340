"""/stock/holds/renew"""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from products.models import Hold, Operation
from products.services.undo import undo_operation
from products.tests.factories import by, make_product
from products.tests.views.filled import flashes, open_form
from products.tests.views.holds import answer, hold, question

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def renew(client: Client, *ids: int, **typed: Any) -> Any:
    return answer(client, "renew", *ids, **typed)


def errors(response: Any) -> dict[str, list[str]]:
    return {
        name: list(texts) for name, texts in response.context["form"].errors.items()
    }


@pytest.mark.parametrize(
    ("until", "span"),
    [
        ("30m", timedelta(minutes=30)),
        ("2h", 2 * HOUR),
        ("1d", 24 * HOUR),
        ("7d", 168 * HOUR),
    ],
)
def test_for_a_while_from_now(as_clerk: Client, until: str, span: timedelta) -> None:
    ids = hold((make_product(stock=5), 3), until=timezone.now() + HOUR)
    before = timezone.now()
    renew(as_clerk, *ids, until=until)
    end = Hold.objects.get().expires_at
    assert end is not None
    assert before + span <= end <= timezone.now() + span


def test_until_released(as_clerk: Client) -> None:
    product = make_product(sku="MUG", stock=5)
    ids = hold((product, 3), until=timezone.now() + HOUR)
    response = renew(as_clerk, *ids, until="released")
    assert Hold.objects.get().expires_at is None
    assert flashes(response) == ["Held until somebody releases it: 3 × MUG."]


def test_until_a_time_in_the_shops_zone(as_clerk: Client, settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    timezone.get_default_timezone.cache_clear()
    year = timezone.now().year + 1
    ids = hold((make_product(sku="MUG", stock=5), 3))
    response = renew(as_clerk, *ids, until="time", until_time=f"{year}-03-02T18:30")
    end = Hold.objects.get().expires_at
    assert end is not None
    assert end.isoformat() == f"{year}-03-02T09:30:00+00:00"
    assert flashes(response) == ["Held until 2 March at 18:30: 3 × MUG."]
    timezone.get_default_timezone.cache_clear()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"until": ""}, "until"),
        ({"until": "forever"}, "until"),
        ({"until": "time"}, "until_time"),
        ({"until": "time", "until_time": "soon"}, "until_time"),
        ({"until": "time", "until_time": "2020-01-01T10:00"}, "until_time"),
        ({"until": "time", "until_time": "9999-12-31T23:59"}, "until_time"),
        ({"until": "time", "until_time": "0001-01-01T00:00"}, "until_time"),
    ],
    ids=str,
)
def test_senseless(as_clerk: Client, typed: dict[str, str], field: str) -> None:
    ids = hold((make_product(stock=5), 3))
    assert list(errors(renew(as_clerk, *ids, **typed))) == [field]
    assert not Operation.objects.filter(kind="hold_renewed").exists()


def test_a_time_left_over_from_another_choice(as_clerk: Client) -> None:
    ids = hold((make_product(stock=5), 3))
    renew(as_clerk, *ids, until="2h", until_time="nonsense")
    assert Hold.objects.get().expires_at is not None


def test_its_minute_comes_while_the_form_is_open(as_clerk: Client) -> None:
    now = timezone.now()
    ids = hold((make_product(stock=5), 3), until=now + HOUR)
    url = question("renew", *ids)
    data = open_form(as_clerk, url, until="1d")
    with time_machine.travel(now + 2 * HOUR, tick=False):
        response = as_clerk.post(url, data)
    assert "has ended: Expired" in errors(response)["__all__"][0]


def test_undo(as_clerk: Client) -> None:
    end = datetime.fromisoformat(f"{timezone.now().year + 1}-03-02T09:30:00+01:00")
    ids = hold((make_product(stock=5), 3), until=end)
    renew(as_clerk, *ids, until="released")
    operation = Operation.objects.get(kind="hold_renewed")
    undo_operation(operation_id=operation.pk, circumstances=by())
    assert Hold.objects.get().expires_at == end
