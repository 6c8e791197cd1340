"""No form is taken from elsewhere, at any address that takes one."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import reverse

from inventory_site.tests.permissions_table import ROWS
from inventory_site.tests.served.browser import Browser
from inventory_site.tests.test_permissions import address_of

ADMIN_FORMS = ("add", "changelist")


def forms() -> Iterator[str]:
    """Return the address of every form there is, of Django's admin too."""
    for name in sorted({row.name for row in ROWS if row.method == "POST"}):
        yield address_of(name)
    for model in admin.site._registry:
        for page in ADMIN_FORMS:
            meta = model._meta
            yield reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}")
    yield from ("/admin/login/", "/admin/logout/", "/admin/password_change/")


@pytest.fixture(scope="module")
def owner(shop: int) -> Browser:
    browser = Browser(shop)
    browser.sign_in()
    return browser


@pytest.mark.parametrize("path", list(forms()))
def test_refused_from_elsewhere(owner: Browser, path: str) -> None:
    right, other = owner.token(), Browser(owner.port).token()
    evil = {"Origin": "https://evil.example"}
    without = owner.ask("POST", path, {"a": "1"})
    wrong = owner.ask("POST", path, {"csrfmiddlewaretoken": "x" * 64})
    anothers = owner.ask("POST", path, {"csrfmiddlewaretoken": other})
    in_the_query = owner.ask("POST", f"{path}?csrfmiddlewaretoken={right}", {"a": "1"})
    from_evil = owner.ask("POST", path, {"csrfmiddlewaretoken": right}, **evil)
    from_null = owner.ask("POST", path, {"csrfmiddlewaretoken": right}, Origin="null")
    answers = (without, wrong, anothers, in_the_query, from_evil, from_null)
    assert {answer.status for answer in answers} == {403}
    assert owner.is_in


def test_over_https_the_page_it_came_from_must_be_ours(owner: Browser) -> None:
    form = {"csrfmiddlewaretoken": owner.token(), "name": "Olga"}
    https = {"X-Forwarded-Proto": "https"}
    for referer in ("https://evil.example/", "http://localhost/", ""):
        answer = owner.ask("POST", "/account/profile", form, Referer=referer, **https)
        assert answer.status == 403
    ours = {**https, "Referer": "https://localhost/account/profile"}
    assert owner.ask("POST", "/account/profile", form, **ours).status == 302
