"""The number of a request: in the answer, in both logs, on the page of an error."""

import logging
import re

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve

from accounts.models import User
from inventory_site.security.requests import RequestIdFilter
from inventory_site.tests.security_lines import SecurityLines

NUMBER = re.compile(r"[0-9a-f]{16}")


@pytest.mark.parametrize("address", ["/healthz", "/login", "/nonsense", "/static/no"])
def test_every_answer_has_a_number_of_its_own(
    client: Client, db: None, address: str
) -> None:
    numbers = {client.get(address)["X-Request-ID"] for _again in range(3)}
    assert len(numbers) == 3
    assert all(NUMBER.fullmatch(number) for number in numbers)


def test_a_client_chooses_no_number(client: Client) -> None:
    response = client.get("/healthz", headers={"X-Request-ID": "somebody-else"})
    assert NUMBER.fullmatch(response["X-Request-ID"])


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("4f1c-2b.proxy_9", True),
        ("short", False),
        ("x" * 65, False),
        ("two words in it", False),
        ("a\u2028bcdefghij", False),
        ('"}{"forged":1}', False),
    ],
)
def test_a_proxy_of_ours_does(
    client: Client, settings, given: str, *, is_taken: bool
) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    number = client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"]
    assert (number == given) is is_taken


def test_page_of_an_error_says_the_number_that_the_log_has(
    client: Client, admin: User, monkeypatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_details: object) -> None:
        raise ValueError

    monkeypatch.setattr("products.views.location_list.LocationListView.get", fail)
    client.force_login(admin)
    client.raise_request_exception = False
    caplog.handler.addFilter(RequestIdFilter())
    response = client.get("/stock/locations")
    number = response["X-Request-ID"]
    assert response.status_code == 500
    assert number in response.text
    broken = [line for line in caplog.records if line.levelno == logging.ERROR]
    assert [line.request_id for line in broken] == [number]


def test_line_of_the_security_log_has_it(
    client: Client, regular: User, security_lines: SecurityLines
) -> None:
    client.force_login(regular)
    response = client.get("/account/people")
    line = security_lines.only("page_denied")
    assert line["request"] == response["X-Request-ID"]


def test_ordinary_line_hides_the_token_of_a_link() -> None:
    request = RequestFactory().get("/account/invitation/a-secret-token")
    request.resolver_match = resolve(request.path)
    line = logging.makeLogRecord({"msg": "%s: %s", "args": ("Gone", request.path)})
    line.request = request
    RequestIdFilter().filter(line)
    assert line.getMessage() == "Gone: /account/invitation/…"
    assert line.request_id == "-"
