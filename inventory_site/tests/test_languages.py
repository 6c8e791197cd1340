"""Every page in turn in English and German: each has its own words and no others'."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from inventory_site import messages
from inventory_site.tests.permissions_table import ROWS, Row
from products.models import ImportFinding, Location

PAGES = [
    row for row in ROWS if row.method == "GET" and row.admin == 200 and row.is_page
]
ADMIN = [
    "/admin/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/products/product/",
    "/admin/products/product/add/",
    "/admin/products/stockmovement/",
    "/admin/products/operation/",
    "/admin/products/importrun/",
]
READ_ALOUD = {"alt", "aria-label", "placeholder", "title"}
# Headers of the tables that tests import; and what Django's admin says in English only.
LEFT_OUT = {"price", "Preis", "Search"}
LATE = re.compile(r"\d+:\d\d|\b\d+ ?(s|ms)\b")


class Words(HTMLParser):
    """The texts of a page, for eyes and for ears."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: set[str] = set()
        self.silent = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        for name, value in attrs:
            if name in READ_ALOUD or (
                name.startswith("data-") and " " in (value or "")
            ):
                self.keep(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.keep(data)

    def keep(self, text: str) -> None:
        text = " ".join(text.split())
        if text and not LATE.search(text):
            self.said.add(text)


def only_of_one_language() -> tuple[set[str], set[str]]:
    """Return the texts that are English and nothing else, and those that are German."""
    catalogue = messages.messages_of(messages.read(messages.po_path("de")))
    english = {key[1] for key in catalogue}
    german = {
        text.string for text in catalogue.values() if isinstance(text.string, str)
    }
    return english - german - LEFT_OUT, german - english - LEFT_OUT


def words(client: Client, address: str, language: str) -> set[str]:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    assert answer["Content-Language"] == language
    return Words(answer.text).said


def kept_in_its_language() -> set[str]:
    """Return what stands in the database as it was written: names, findings."""
    kept = set(Location.objects.values_list("name", flat=True))
    for pair in ImportFinding.objects.values_list("reason", "mend"):
        kept |= set(pair)
    return kept


def look_in_turn(client: Client, address: str) -> None:
    given = kept_in_its_language()
    only_english, only_german = only_of_one_language()
    pages = [words(client, address, said) for said in ("en", "de", "en", "de")]
    english, german = pages[0], pages[1]
    assert pages[2] == english
    assert pages[3] == german
    assert set() == (only_english & german) - given, "English on a German page"
    assert set() == (only_german & english) - given, "German on an English page"


@pytest.mark.django_db
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_page_is_in_one_language(row: Row, admin: User) -> None:
    client = Client()
    if row.anonymous != 200:
        client.force_login(admin)
    look_in_turn(client, reverse(row.name, kwargs=dict(row.given())))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADMIN)
def test_admin_is_in_one_language(address: str, admin: User) -> None:
    User.objects.filter(pk=admin.pk).update(is_superuser=True)
    client = Client()
    client.force_login(admin)
    look_in_turn(client, address)


def test_catalogue_is_at_work() -> None:
    from django.utils.translation import gettext

    with override("de"):
        assert gettext("Stock value") == "Bestandswert"
