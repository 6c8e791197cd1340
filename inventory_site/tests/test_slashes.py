"""`/dashboard/` leads to `/dashboard`; nothing typed can lead to another host."""

import pytest
from django.test import Client
from django.urls import reverse

from inventory_site.tests.routes import named_routes

PLAIN = [
    route.name
    for route in named_routes()
    if not route.pattern_takes_arguments and route.name != "home"
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("name", PLAIN)
def test_slash_form_leads_to_the_route(client: Client, name: str, method: str) -> None:
    response = client.generic(method, reverse(name) + "/?q=a%20b&page=2")
    assert response.status_code == 301
    assert response["Location"] == reverse(name) + "?q=a%20b&page=2"


def test_without_a_query_no_question_mark(client: Client) -> None:
    assert client.get("/healthz/")["Location"] == "/healthz"


def test_post_is_refused_because_a_redirect_would_lose_it(client: Client) -> None:
    response = client.post("/healthz/", {"name": "typed"})
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize(
    "address",
    [
        "/nonsense/",
        "/nonsense",
        "/healthz//",
        "//evil.example/",
        "//evil.example/healthz/",
        "///evil.example/",
        "/\\evil.example/",
        "/https://evil.example/",
        "/healthz\r\nSet-Cookie: a=b/",
    ],
)
def test_unknown_address_is_not_found_in_either_form(
    client: Client, address: str, method: str
) -> None:
    # As a server hands it over: the client would take //evil.example for a host.
    response = client.generic(method, "/", PATH_INFO=address)
    assert response.status_code == 404
    assert "Location" not in response
