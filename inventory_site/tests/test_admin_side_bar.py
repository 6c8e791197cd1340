"""The side bar of the admin is kept for all who may the same, and for nobody else."""

import re

import pytest
from django.test import Client

from accounts.models import User
from inventory_site.admin import Apps

PRODUCTS, HOLDS = "/admin/products/product/", "/admin/products/hold/"
BAR = re.compile(r'<nav class="sticky".*?</nav>', re.DOTALL)


def bar_of(client: Client, address: str) -> str:
    found = BAR.search(client.get(address).content.decode())
    return found[0] if found else ""


def current_in(bar: str) -> list[str]:
    return re.findall(r'<a href="([^"]+)" aria-current="page"', bar)


def test_names_the_list_it_stands_beside(client: Client, admin: User) -> None:
    client.force_login(admin)
    for address in (PRODUCTS, HOLDS, PRODUCTS):
        bar = bar_of(client, address)
        assert current_in(bar) == [address]
        assert bar.count(" current-model") == bar.count(" current-app") == 1


def test_names_the_list_of_a_row(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert current_in(bar_of(client, f"{PRODUCTS}add/")) == [PRODUCTS]


def test_speaks_the_language_of_each(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert ">Holds</a>" in bar_of(client, PRODUCTS)
    admin.language = "de"
    admin.save(update_fields=["language"])
    bar = bar_of(client, PRODUCTS)
    assert ">Reservierungen</a>" in bar
    assert "Navigationselemente filtern" in bar


def test_is_sorted_in_the_language_of_each(client: Client, admin: User) -> None:
    client.force_login(admin)
    for language in ("en", "de"):
        admin.language = language
        admin.save(update_fields=["language"])
        names = re.findall(
            r'id="products-\w+"><a[^>]*>([^<]+)', bar_of(client, PRODUCTS)
        )
        assert len(names) > 5
        assert names == sorted(names)


def test_is_not_in_a_popup(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert bar_of(client, f"{PRODUCTS}?_popup=1") == ""


def test_changes_with_the_rights(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert HOLDS in bar_of(client, PRODUCTS)
    admin.groups.get().permissions.filter(codename="view_hold").delete()
    assert HOLDS not in bar_of(client, PRODUCTS)


def test_is_drawn_once_for_all_who_may_the_same(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(admin)
    bar_of(client, PRODUCTS)
    monkeypatch.setattr("products.templatetags.drawing.get_template", None)
    assert current_in(bar_of(client, PRODUCTS)) == [PRODUCTS]


def test_finds_the_place_of_any_path_in_the_list() -> None:
    lists = [{"admin_url": "/l%C3%A4den/shop/mug/"}, {"admin_url": None}]
    apps = Apps([{"app_url": "/l%C3%A4den/shop/", "models": lists}])
    assert apps.place("/läden/shop/mug/7/change/") == "/läden/shop/mug/"
    assert apps.place("/läden/shop/cup/") == "/läden/shop/"
    assert apps.place("/läden/") == ""
