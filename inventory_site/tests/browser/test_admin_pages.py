"""Django's own pages under our policy: nothing of theirs is stopped or broken."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.tests.people import make_superuser
from products.models import Brand, Product
from products.tests.factories import make_shop

# What Django's box to search in shows: a field without a name, in one that has one.
SELECT2 = ".select2-selection__rendered"


def name_of(model: type[Model]) -> str:
    return model._meta.label_lower


@pytest.fixture
def owner_page(sign_in: Callable[[User], Page]) -> Page:
    return sign_in(make_superuser())


@pytest.mark.parametrize("model", admin.site._registry, ids=name_of)
def test_lists_and_forms(
    model: type[Model], owner_page: Page, live_server: LiveServer
) -> None:
    make_shop()
    base = f"{live_server.url}/admin/{name_of(model).replace('.', '/')}/"
    owner_page.goto(base)
    expect(owner_page.locator("#changelist")).to_be_visible()
    first = owner_page.locator("#result_list tbody th a").first
    if first.count():
        first.click()
        expect(owner_page.locator("#content h1")).to_be_visible()
    owner_page.goto(base)
    adding = owner_page.locator(".object-tools .addlink")
    if adding.count():
        adding.click()
        expect(owner_page.locator("[name=_save]")).to_be_visible()


def test_front_page(owner_page: Page, live_server: LiveServer) -> None:
    owner_page.goto(f"{live_server.url}/admin/")
    expect(owner_page.get_by_role("link", name="Products", exact=True)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_colours_in_its_look(
    scheme: str,
    owner_page: Page,
    live_server: LiveServer,
    assert_accessible: Callable[..., None],
    console_errors: list[str],
) -> None:
    product = make_shop()
    base = f"{live_server.url}/admin/products/product/"
    one = f"{base}{product.pk}"
    owner_page.emulate_media(color_scheme=scheme)
    paths = [f"{live_server.url}/admin/", base, f"{base}add/"]
    for path in [*paths, f"{one}/change/", f"{one}/history/", f"{one}/delete/"]:
        owner_page.goto(path)
        expect(owner_page.locator("#site-name")).to_have_text("Linden & Loom")
        assert not console_errors
        assert_accessible(owner_page, but=[SELECT2])
        console_errors.clear()  # axe itself writes a style into one of them


def test_product_is_changed_and_its_stock_adjusted(
    owner_page: Page, live_server: LiveServer
) -> None:
    product = make_shop()
    address = reverse("admin:products_product_change", args=[product.pk])
    owner_page.goto(live_server.url + address)
    owner_page.get_by_label("Name:", exact=True).fill("Mug, renamed")
    owner_page.get_by_role("button", name="Save and continue editing").click()
    expect(owner_page.get_by_text("was changed successfully")).to_be_visible()
    assert Product.objects.get(pk=product.pk).name == "Mug, renamed"
    owner_page.get_by_role("link", name="Adjust stock").click()
    expect(owner_page.get_by_role("heading", name="Adjust stock")).to_be_visible()


def test_filter_by_one_of_many_brands(
    owner_page: Page, live_server: LiveServer
) -> None:
    product = make_shop()
    product.brand = Brand.objects.create(name="Linden")
    product.save(update_fields=["brand"])
    owner_page.goto(f"{live_server.url}/admin/products/product/")
    brands = owner_page.locator("details", has_text="By brand")
    brands.get_by_role("combobox").click()
    owner_page.get_by_role("searchbox").last.fill("lin")
    owner_page.get_by_role("option", name="Linden").click()
    brands.get_by_role("button", name="Filter").click()
    expect(owner_page.locator("#result_list tbody tr")).to_have_count(1)
    expect(owner_page.locator("#result_list")).to_contain_text(product.name)
