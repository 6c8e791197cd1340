"""/stock/counts/<id>/counts"""

import json
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone

from products.models import Product, StockCount, Stocktake
from products.tests.factories import make_product
from products.tests.stocktaking import minutes, review, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug() -> Product:
    return make_product(sku="MUG", stock=9)


@pytest.fixture
def stocktake(mug: Product) -> Stocktake:
    return started(now=timezone.now() - minutes(60))


def one(**sent: Any) -> dict[str, Any]:
    return {"key": "k1", "code": "MUG", "quantity": 3, "shelf": "B", "age": 1} | sent


def send(
    client: Client, stocktake: Stocktake, *counts: Any, by: int | None = None
) -> Any:
    person = by or int(client.session[SESSION_KEY])
    return client.post(
        f"/stock/counts/{stocktake.pk}/counts",
        json.dumps({"person": person, "counts": counts}),
        content_type="application/json",
    )


def test_answers_each_in_its_order(as_clerk: Client, stocktake: Stocktake) -> None:
    counts = [one(), one(key="k2", code="nope"), one(key="k3", quantity=0)]
    answer = send(as_clerk, stocktake, *counts).json()
    assert [(a["key"], a["saved"]) for a in answer["answers"]] == [
        ("k1", True),
        ("k2", False),
        ("k3", True),
    ]
    assert answer["answers"][0]["sku"] == "MUG"
    assert "“nope”" in answer["answers"][1]["error"]
    assert (answer["counted"], answer["lines"]) == (1, 1)
    assert StockCount.objects.count() == 2


def test_sent_twice_counts_once(as_clerk: Client, stocktake: Stocktake) -> None:
    for age in (1, 600):
        answer = send(as_clerk, stocktake, one(age=age)).json()
        assert answer["answers"][0]["saved"]
    assert StockCount.objects.count() == 1


def test_key_belongs_to_one_person(
    as_clerk: Client, admin: Any, stocktake: Stocktake
) -> None:
    send(as_clerk, stocktake, one())
    as_clerk.force_login(admin)
    send(as_clerk, stocktake, one())
    assert StockCount.objects.count() == 2


def test_of_somebody_else_are_not_taken(
    as_clerk: Client, admin: Any, stocktake: Stocktake
) -> None:
    answer = send(as_clerk, stocktake, one(), by=admin.pk)
    assert answer.status_code == 409
    assert "Somebody else has signed in" in answer.json()["error"]
    assert not StockCount.objects.exists()


def test_moment_is_now_less_the_age(as_clerk: Client, stocktake: Stocktake) -> None:
    send(as_clerk, stocktake, one(age=300.5))
    made = StockCount.objects.get()
    assert (made.recorded_at - made.counted_at).total_seconds() == 300.5


@pytest.mark.parametrize("age", [-5, 10**400, 1e300], ids=["-5", "int", "float"])
def test_ages_that_make_no_sense_are_bounded(
    as_clerk: Client, stocktake: Stocktake, age: float
) -> None:
    send(as_clerk, stocktake, one(age=age))
    made = StockCount.objects.get()
    expected = made.recorded_at if age < 0 else stocktake.started_at
    assert made.counted_at == expected


@pytest.mark.parametrize(
    "sent",
    [
        {"quantity": "3"},
        {"quantity": True},
        {"quantity": 1.5},
        {"quantity": -1},
        {"quantity": 10**30},
        {"quantity": None},
        {"code": 7},
        {"code": "a\0b"},
        {"shelf": None},
        {"shelf": "x" * 41},
        {"key": ""},
        {"key": "x" * 41},
        {"key": "a\0b"},
        {"key": None},
        {"age": "soon"},
        {"age": float("nan")},
        {"age": True},
    ],
    ids=str,
)
def test_refuses(as_clerk: Client, stocktake: Stocktake, sent: dict[str, Any]) -> None:
    response = send(as_clerk, stocktake, one(**sent), one(key="good"))
    assert [a["saved"] for a in response.json()["answers"]] == [False, True]
    assert StockCount.objects.count() == 1


@pytest.mark.parametrize("count", [None, 3, "x", [], {}])
def test_what_is_no_count(as_clerk: Client, stocktake: Stocktake, count: Any) -> None:
    [answer] = send(as_clerk, stocktake, count).json()["answers"]
    assert not answer["saved"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"[]",
        b"3",
        b'{"counts": 3, "person": 1}',
        b'{"counts": [], "person": 1}',
        b'{"counts": [{}]}',
        b"\xff",
    ],
)
def test_what_is_no_list_of_counts(
    as_clerk: Client, stocktake: Stocktake, body: bytes
) -> None:
    url = f"/stock/counts/{stocktake.pk}/counts"
    response = as_clerk.post(url, body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]


def test_a_hundred_at_most(as_clerk: Client, stocktake: Stocktake) -> None:
    counts = [one(key=f"k{n}") for n in range(101)]
    assert send(as_clerk, stocktake, *counts).status_code == 400
    assert send(as_clerk, stocktake, *counts[:100]).status_code == 200
    assert StockCount.objects.count() == 100


def test_not_counted_any_more(as_clerk: Client, stocktake: Stocktake) -> None:
    review(stocktake)
    [answer] = send(as_clerk, stocktake, one()).json()["answers"]
    assert "has gone on meanwhile" in answer["error"]


def test_takes_a_token(clerk: Any, stocktake: Stocktake) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk)
    assert send(strict, stocktake, one()).status_code == 403
