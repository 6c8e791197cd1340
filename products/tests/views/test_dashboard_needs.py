"""“Needs you today” on the dashboard: links, to what they speak of."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from products.models import ImportRun, Stocktake
from products.reports.needs import MOST
from products.tests.factories import make_location, make_product
from products.tests.transfers import sent

pytestmark = pytest.mark.django_db

TITLE = "Needs you today"


def needs(client: Client) -> dict[str, str]:
    """Return where each link leads, by its words."""
    page = client.get("/dashboard").content.decode()
    _before, _title, after = page.partition(TITLE)
    row = after.partition("</nav>")[0]
    found = {}
    for link in row.split('href="')[1:]:
        address, _quote, rest = link.partition('"')
        words = rest.partition("<span>")[2].partition("</span>")[0]
        found[words.replace("<b>", "").replace("</b>", "")] = unescape(address)
    return found


def make_run(name: str = "prices.csv", **fields: object) -> ImportRun:
    given = {"state": ImportRun.State.APPLIED, "refused_count": 2} | fields
    return ImportRun.objects.create(file_name=name, actor_label="Ada", size=1, **given)


def make_counts(*people: str) -> list[Stocktake]:
    place = make_location()
    return [
        Stocktake.objects.create(name="Spring", location=place, created_by_label=who)
        for who in people
    ]


def test_there_is_none_where_all_is_well(as_admin: Client) -> None:
    make_product(stock=5)
    assert TITLE not in as_admin.get("/dashboard").content.decode()


def test_nor_in_an_empty_shop(as_admin: Client) -> None:
    make_run()
    assert TITLE not in as_admin.get("/dashboard").content.decode()


def test_low_and_out_lead_to_the_list(as_admin: Client) -> None:
    make_product(stock=3, reorder_point=3)
    make_product()
    make_product()
    assert needs(as_admin) == {
        "2 out": "/dashboard?stock=out",
        "1 low": "/dashboard?stock=low",
    }


def test_the_list_has_as_many_as_were_said(as_admin: Client) -> None:
    make_location("FAR")
    for status in ("active", "active", "draft", "archived"):
        make_product(status=status, stock=2, reorder_point=3)
        make_product(status=status, reorder_point=3)
    found = needs(as_admin)
    assert {"3 low", "3 out"} <= found.keys()
    for words, address in found.items():
        listed = as_admin.get(address).context["products"]
        assert f"{len(list(listed))} {words.split()[1]}" == words


def test_one_of_a_kind_is_linked_itself(as_admin: Client) -> None:
    make_product(stock=5)
    (count,) = make_counts("Ada <b>Lovelace</b>")
    run = make_run()
    other = make_run("new.csv", state=ImportRun.State.PLANNED)
    found = needs(as_admin)
    assert f"/imports/{run.pk}?show=refused" in found.values()
    assert found["1 import to look at"] == f"/imports/{other.pk}"
    assert found["2 refused rows"] == f"/imports/{run.pk}?show=refused"
    assert f"/stock/counts/{count.pk}" in found.values()
    page = as_admin.get("/dashboard").content.decode()
    assert "open, by Ada &lt;b&gt;Lovelace&lt;/b&gt;" in page


def test_several_lead_to_their_list(as_admin: Client) -> None:
    make_run()
    make_run("stock.csv")
    product = make_product(stock=9)
    late = sent((product, 1))
    late.sent_at = timezone.now() - timedelta(days=9)
    late.save(update_fields=["sent_at"])
    sent((product, 1))
    assert needs(as_admin) == {
        "2 transfers to receive, some sent over a week ago": (
            "/stock/transfers?state=way"
        ),
        "4 refused rows": "/imports",
    }


def test_only_those_who_can_see_to_it_are_told(as_clerk: Client) -> None:
    make_run()
    make_counts("Ada")
    make_product()
    assert set(needs(as_clerk)) == {"1 out", "1 count open, by Ada"}


def test_a_regular_is_told_nothing(as_regular: Client) -> None:
    make_run()
    make_counts("Ada")
    make_product()
    assert TITLE not in as_regular.get("/dashboard").content.decode()


def test_very_many_are_not_counted(as_admin: Client) -> None:
    make_product(stock=1)
    make_counts(*["Ada"] * (MOST + 3))
    assert set(needs(as_admin)) == {"100+ counts open, by Ada"}
