"""/products/<id>/adjust, when what is taken is held for somebody."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from products.models import Hold, Operation, Product
from products.services.reservations import Wanted, hold_stock, release_holds
from products.tests.factories import by, make_location, make_product, receive, reload
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug() -> Product:
    return make_product(name="Blue mug", stock=5)


def url_of(product: Product) -> str:
    return reverse("products:stock_adjust", args=[product.pk])


def hold(product: Product, quantity: int, reference: str = "", **kwargs: Any) -> Hold:
    operation = hold_stock(
        wanted=[Wanted(product.pk, quantity, kwargs.pop("place", None))],
        circumstances=by(reference=reference),
        **kwargs,
    )
    return operation.holds.get()


def take(client: Client, product: Product, quantity: int, **typed: Any) -> Any:
    """Take away as damaged; `releasing` is what is ticked."""
    typed = {"mode": "take", "reason": "damaged", "quantity": str(quantity)} | typed
    data = open_form(client, url_of(product), **typed)
    return client.post(url_of(product), data, follow=True)


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(e) for name, e in response.context["form"].errors.items()}


def test_shows_the_holds_that_are_in_the_way(as_clerk: Client, mug: Product) -> None:
    until = timezone.localtime() + timedelta(days=400)
    hold(mug, 2, "Order 17", expires_at=until)
    hold(mug, 1, "Order 18")
    response = take(as_clerk, mug, 4)
    assert errors(response) == {
        "quantity": [
            "Only 2 are available, so 4 can't be taken."
            " Some are held: tick below which to release."
        ]
    }
    labels = [
        label for _pk, label in response.context["form"].fields["releasing"].choices
    ]
    assert labels[0].startswith("2 for Order 17, until ")
    assert labels[1] == "1 for Order 18, until released"
    assert reload(mug).on_hand == 5


def test_releases_the_chosen_ones_in_the_same_operation(
    as_clerk: Client, mug: Product
) -> None:
    first, second = hold(mug, 2, "Order 17"), hold(mug, 1, "Order 18")
    response = take(as_clerk, mug, 4, releasing=[first.pk])
    assert flashes(response) == ["“Blue mug” adjusted by −4: 1 on hand."]
    states = dict(Hold.objects.values_list("pk", "state"))
    assert states == {first.pk: "released", second.pk: "open"}
    assert reload(mug).reserved == 1
    assert Operation.objects.first().document_changes.get().document_id == first.pk


def test_too_few_are_let_go(as_clerk: Client, mug: Product) -> None:
    first, _second = hold(mug, 1), hold(mug, 2)
    response = take(as_clerk, mug, 4, releasing=[first.pk])
    assert list(errors(response)) == ["quantity"]
    assert f'value="{first.pk}"' in response.content.decode()
    assert response.context["form"]["releasing"].value() == [str(first.pk)]
    assert reload(mug).reserved == 3


def test_none_are_shown_where_they_are_not_in_the_way(
    as_clerk: Client, mug: Product
) -> None:
    hold(mug, 2)
    assert b"releasing" not in as_clerk.get(url_of(mug)).content
    take(as_clerk, mug, 3)
    assert (reload(mug).on_hand, reload(mug).reserved) == (2, 2)


def test_one_that_has_ended_meanwhile(as_clerk: Client, mug: Product) -> None:
    first, _second = hold(mug, 2), hold(mug, 1)
    release_holds(hold_ids=[first.pk], circumstances=by())
    response = take(as_clerk, mug, 5, releasing=[first.pk])
    assert "has ended" in errors(response)["releasing"][0]


def test_only_those_of_the_place(as_clerk: Client, mug: Product) -> None:
    back = make_location()
    receive(mug, 5, location=back)
    there = hold(mug, 4, place=back.pk)
    response = take(as_clerk, mug, 6)
    assert "releasing" not in response.context["form"].fields
    response = take(as_clerk, mug, 5, location=back.pk, releasing=[there.pk])
    assert mug.levels.get(location=back).on_hand == 0


@pytest.mark.parametrize("pk", ["", "x", "999", "9" * 40, "1\0"])
def test_what_is_no_hold(as_clerk: Client, mug: Product, pk: str) -> None:
    hold(mug, 2)
    response = take(as_clerk, mug, 4, releasing=[pk])
    assert errors(response)
    assert reload(mug).on_hand == 5


def test_who_may_not_release_is_told_to_ask(
    client: Client, regular: Any, mug: Product
) -> None:
    adjusting = Permission.objects.get(codename="adjust_stock")
    regular.user_permissions.add(adjusting)
    client.force_login(regular)
    first = hold(mug, 2)
    response = take(client, mug, 4, releasing=[first.pk])
    assert "Ask a colleague" in errors(response)["quantity"][0]
    assert reload(mug).reserved == 2


def test_a_count_below_what_is_held(as_clerk: Client, mug: Product) -> None:
    first = hold(mug, 4)
    typed = {"mode": "count", "reason": "lost"}
    assert "releasing" in take(as_clerk, mug, 1, **typed).context["form"].fields
    take(as_clerk, mug, 1, releasing=[first.pk], **typed)
    assert (reload(mug).on_hand, reload(mug).reserved) == (1, 0)
