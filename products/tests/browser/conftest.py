"""Other windows than the one `page`, and a count that is under way."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from products.models import Product, Stocktake
from products.tests.factories import make_product
from products.tests.stocktaking import started


@pytest.fixture
def window_of(
    new_context: Callable[[], BrowserContext], live_server: LiveServer
) -> Callable[[AbstractBaseUser], Page]:
    """Opens another browser, signed in as somebody else."""

    def _window_of(person: AbstractBaseUser) -> Page:
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context = new_context(base_url=live_server.url)
        context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )
        return context.new_page()

    return _window_of


@pytest.fixture(params=[100, 200], ids=lambda percent: f"{percent} %")
def zoom(request: pytest.FixtureRequest, page: Page) -> int:
    """What is left of 1280 × 800 at each zoom."""
    percent: int = request.param
    size = {"width": 1280 * 100 // percent, "height": 800 * 100 // percent}
    page.set_viewport_size(size)
    return percent


@pytest.fixture
def counted_mug() -> Product:
    return make_product(name="Blue mug", sku="MUG", barcode="5701234567899", stock=20)


@pytest.fixture
def counted_bowl() -> Product:
    return make_product(name="Moss bowl", sku="BOWL", barcode="BOWL-077", stock=31)


@pytest.fixture
def stocktake(counted_mug: Product, counted_bowl: Product) -> Stocktake:
    return started(name="Shelf B")


@pytest.fixture
def counting(stocktake: Stocktake, visit: Callable[[str], Page]) -> Page:
    page = visit(f"/stock/counts/{stocktake.pk}/count")
    expect(page.locator("[data-count-keypad]")).to_be_visible()
    return page
