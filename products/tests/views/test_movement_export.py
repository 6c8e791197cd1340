"""products:movement_export."""

from decimal import Decimal

import pytest
from django.urls import reverse

from products.reports import movement_history
from products.services.deleting import delete_product
from products.tests.factories import adjust, by, make_location, make_product, receive

pytestmark = pytest.mark.django_db

ADDRESS = reverse("products:movement_export")


@pytest.fixture
def mug(as_admin):
    mug = make_product(sku="MUG", name="=Mug", stock=5, cost=Decimal("2.5"))
    adjust(mug, -1, kind="damaged", reason="-chipped", reference="DN-7")
    return mug


def lines(client, **address) -> list[list[str]]:
    response = client.get(ADDRESS, address)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()]


def test_newest_first(client, mug):
    header, damaged, opening = lines(client)
    assert header[2:7] == ["sku", "name", "kind", "change", "on_hand_after"]
    assert damaged[2:9] == ["MUG", "'=Mug", "damaged", "-1", "4", "2.5", "-2.5"]
    assert damaged[9:13] == ["Tess Tester", "site", "'-chipped", "DN-7"]
    assert opening[4] == "opening"


def test_what_the_filters_leave(client, mug):
    assert [line[4] for line in lines(client, kind="damaged")] == ["kind", "damaged"]


def test_deleted_product_has_its_sku_alone(client, mug):
    delete_product(product_id=mug.pk, circumstances=by())
    assert lines(client)[1][2:5] == ["MUG", "", "written_off"]


def test_location_where_there_are_several(client, mug):
    receive(mug, 1, location=make_location())
    header, received, *_rest = lines(client)
    assert received[header.index("location")] == "Back room"


def test_who_sees_no_cost_gets_none(client, mug, clerk):
    client.force_login(clerk)
    assert not {"unit_cost", "value"} & set(lines(client)[0])


def test_pages_meet_without_a_gap(client, mug, monkeypatch):
    whole = lines(client)
    monkeypatch.setattr(movement_history, "PAGE", 1)
    assert lines(client) == whole
