"""Wherever an address says where to go next, it is a page of ours."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from products.models import Operation
from products.tests.factories import make_product

TARGETS = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "\x00//evil.example",
    "\t//evil.example",
    " //evil.example",
    "/%0d%0aLocation: https://evil.example",
    "/\r\nSet-Cookie: a=b",
]
every_target = pytest.mark.parametrize("target", TARGETS, ids=repr)


def assert_stays(response: object) -> None:
    """Say that it leads to a path of ours; a page instead of a redirect is well too."""
    assert response.status_code < 500
    assert "Set-Cookie" not in response.headers
    for header in ("Location", "HX-Redirect"):
        where = response.headers.get(header, "/")
        parts = urlsplit(where)
        assert parts.netloc in {"", "testserver"}
        assert parts.scheme in {"", "http"}
        assert where.startswith("/")
        assert not where.startswith(("//", "/\\"))


@every_target
def test_signing_in_and_out(client: Client, regular: User, target: str) -> None:
    form = {"email": regular.email, "password": "a long password", "next": target}
    assert_stays(client.post("/login", form))
    assert_stays(client.get("/login", {"next": target}))
    client.force_login(regular)
    assert_stays(client.get("/login", {"next": target}))
    assert_stays(client.post("/logout", {"next": target}))


@every_target
def test_registering(client: Client, db: None, target: str) -> None:
    form = {"email": "n@example.com", "name": "N", "password1": "eight brown owls"}
    assert_stays(client.post("/register", form | {"next": target}))


@every_target
def test_proving_it_once_more(client: Client, regular: User, target: str) -> None:
    client.force_login(regular)
    form = {"password": "a long password", "next": target}
    assert_stays(client.post("/account/again/password", form))


@every_target
def test_buttons_about_people(
    client: Client, admin: User, regular: User, target: str
) -> None:
    client.force_login(admin)
    address = f"/account/people/{regular.pk}/deactivate"
    assert_stays(client.post(address, {"next": target}))


@every_target
def test_scanning(client: Client, admin: User, target: str) -> None:
    client.force_login(admin)
    assert_stays(client.get("/products/scan", {"next": target, "code": "123"}))


@every_target
def test_undoing(client: Client, admin: User, target: str) -> None:
    make_product(stock=1)
    client.force_login(admin)
    operation = Operation.objects.latest("pk")
    address = reverse("products:operation_undo", args=[operation.pk])
    for form in ({"next": target}, {}):
        referer = target.replace("\r\n", "").replace("\x00", "")
        response = client.post(address, form, headers={"Referer": referer})
        assert response.status_code == 302
        assert_stays(response)


@every_target
def test_the_admins_door(client: Client, admin: User, target: str) -> None:
    client.force_login(admin)
    assert_stays(client.get("/admin/login/", {"next": target}))


@pytest.mark.parametrize(
    "query",
    [
        "sort=sku&sort=-name",
        "sort=password&sort=user__password",
        "page=1&page=2",
        "q=a&q=b&status=active&status=lost",
        "category=1&category=x&category=2",
        "sort[]=sku&sort%5B0%5D=name",
        "after=1&after=2&before=3",
    ],
)
@pytest.mark.parametrize(
    "path",
    ["/dashboard", "/stock/movements", "/stock/operations", "/admin/products/product/"],
)
def test_a_repeated_parameter_is_one(
    client: Client, admin: User, path: str, query: str
) -> None:
    client.force_login(admin)
    make_product()
    response = client.get(f"{path}?{query}", follow=True)
    assert response.status_code == 200 or "page" in query
