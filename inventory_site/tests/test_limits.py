"""How often a person may take files out of the shop and bring files in."""

import inspect
import sys
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.tests.people import speaking
from inventory_site.tests.routes import Route, named_routes
from inventory_site.tests.security_lines import SecurityLines

pytestmark = pytest.mark.django_db

FILE = "/products/export/file?format=native&scope=all"
NOON = datetime(2026, 3, 3, 12, 0, 0, tzinfo=UTC)
ROUTES = named_routes()


def most(limit: str) -> int:
    """Return how often a minute and person."""
    amount, span, per = settings.ACCOUNT_RATE_LIMITS[limit].split("/")
    assert (span, per) == ("m", "user")
    return int(amount)


def use_up(client: Client) -> None:
    for _turn in range(most("export")):
        assert client.get(FILE).status_code == 200


def test_one_more_than_may_be_is_told_to_wait(
    admin_client: Client, security_lines: SecurityLines
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        use_up(admin_client)
        clock.shift(timedelta(seconds=20))
        refused = admin_client.get(FILE)
        assert refused.status_code == 429
        assert "Wait 40 seconds, then try again." in refused.text
        assert refused["Retry-After"] == "40"
        assert (
            'href="/products/export/file?format=native&amp;scope=all"' in refused.text
        )
        line = security_lines.only("throttled")
        assert (line["outcome"], line["facts"]) == ("refused", {"limit": "export"})
        assert line["page"] == "products:product_export_file"
        clock.shift(timedelta(seconds=40))
        assert admin_client.get(FILE).status_code == 200


def test_others_are_not_counted_along(admin_client: Client, clerk: object) -> None:
    use_up(admin_client)
    assert admin_client.get(FILE).status_code == 429
    assert admin_client.get("/dashboard").status_code == 200
    other = Client()
    other.force_login(clerk)  # type: ignore[arg-type]  # a User
    assert other.get("/stock/movements/export").status_code == 200


def test_asking_for_the_head_counts_as_well(admin_client: Client) -> None:
    for _turn in range(most("export")):
        assert admin_client.head(FILE).status_code == 200
    assert admin_client.get(FILE).status_code == 429


def test_a_file_is_handed_in_so_often_only(admin_client: Client) -> None:
    for _turn in range(most("import")):
        assert admin_client.post("/imports/new").status_code == 200
    file = SimpleUploadedFile("a.csv", b"sku,name\nA,One\n")
    refused = admin_client.post("/imports/new", {"file": file, "format": ""})
    assert refused.status_code == 429
    assert 'href="/imports/new"' in refused.text
    assert admin_client.get("/imports/new").status_code == 200


def test_is_said_in_the_language_of_the_person() -> None:
    client = speaking("de")
    address = "/stock/movements/export"
    for _turn in range(most("export")):
        assert client.get(address).status_code == 200
    assert "Das war zu oft" in client.get(address).text


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_page_that_sends_a_file_names_its_limit(route: Route) -> None:
    view_class = getattr(route.view, "view_class", None)
    if view_class and "send_file(" in inspect.getsource(
        sys.modules[view_class.__module__]
    ):
        assert view_class.limited[1] == "export"
        assert view_class.limited[0] in route.methods
