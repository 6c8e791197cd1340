"""The pages of a product whose values fill every column to its end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from inventory_site.tests.browser.extremes import (
    MILLION,
    UNBROKEN,
    make_extreme_product,
)
from inventory_site.tests.browser.looks import TWO_LOOKS
from products.models import Location, Product
from products.services.reservations import Wanted, hold_stock
from products.services.transfer_drafts import Draft, create_transfer
from products.services.transfer_steps import send_transfer
from products.services.transfers import Item, Route
from products.tests.factories import by

OF_A_PRODUCT = [
    "product_detail",
    "product_movements",
    "product_edit",
    "product_delete",
    "product_archive",
    "product_variants",
    "stock_adjust",
]


@pytest.mark.parametrize("name", OF_A_PRODUCT)
def test_page_of_the_product(
    name: str, live_server: LiveServer, signed_in: Page, assert_stands: Callable
) -> None:
    address = reverse(f"products:{name}", args=[make_extreme_product().pk])
    signed_in.goto(live_server.url + address)
    assert_stands(signed_in, TWO_LOOKS)


@pytest.mark.parametrize("figure", ["on_hand", "reserved", "available", "value"])
def test_sum_of_the_product(
    figure: str, live_server: LiveServer, signed_in: Page, assert_stands: Callable
) -> None:
    address = reverse("products:product_explain", args=[_held_product().pk, figure])
    signed_in.goto(live_server.url + address)
    assert_stands(signed_in, TWO_LOOKS)


@pytest.mark.parametrize(
    "name", ["hold_list", "hold_renew", "hold_release", "hold_fulfil", "hold_add"]
)
def test_holds_of_the_product(
    name: str, live_server: LiveServer, signed_in: Page, assert_stands: Callable
) -> None:
    product = _held_product()
    holds = "&".join(f"hold={hold.pk}" for hold in product.holds.all())
    query = f"{holds}&product={product.pk}"
    signed_in.goto(f"{live_server.url}{reverse(f'products:{name}')}?{query}")
    assert_stands(signed_in, TWO_LOOKS)


def _held_product() -> Product:
    """The extreme one, most of it held for somebody with a long name."""
    product = make_extreme_product()
    hold_stock(
        wanted=[Wanted(product.pk, MILLION + 5)],
        circumstances=by(label=UNBROKEN * 2, reference=UNBROKEN[:60] * 2),
        expires_at=timezone.now() + timedelta(minutes=30),
    )
    return product


def test_dashboard(
    live_server: LiveServer, signed_in: Page, assert_stands: Callable
) -> None:
    make_extreme_product()
    signed_in.goto(f"{live_server.url}/dashboard")
    assert_stands(signed_in, TWO_LOOKS)


@pytest.mark.parametrize("name", ["detail", "receive", "list"])
def test_transfer_of_the_product(
    name: str, live_server: LiveServer, signed_in: Page, assert_stands: Callable
) -> None:
    product = make_extreme_product()
    main, far = Location.objects.stocked()
    draft = Draft(
        Route(main.pk, far.pk),
        [Item(product.pk, MILLION - 1)],
        reference=UNBROKEN[:60] * 2,
        note=UNBROKEN * 2,
    )
    transfer = create_transfer(draft=draft, circumstances=by(label=UNBROKEN * 2))
    send_transfer(transfer_id=transfer.pk, circumstances=by(label=UNBROKEN * 2))
    arguments = [] if name == "list" else [transfer.pk]
    address = reverse(f"products:transfer_{name}", args=arguments)
    signed_in.goto(live_server.url + address)
    assert_stands(signed_in, TWO_LOOKS)


@pytest.mark.parametrize("name", ["location_list", "level_edit"])
def test_location_with_a_long_name(
    name: str, live_server: LiveServer, signed_in: Page, assert_stands: Callable
) -> None:
    product = make_extreme_product()
    far = Location.objects.get(code="FAR-AWAY")
    arguments = [product.pk, far.pk] if name == "level_edit" else []
    address = reverse(f"products:{name}", args=arguments)
    signed_in.goto(live_server.url + address)
    assert_stands(signed_in, TWO_LOOKS)
