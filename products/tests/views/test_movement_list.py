"""products:movement_list."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from products.models import Operation
from products.services.deleting import delete_product
from products.services.operations import Author, Circumstances
from products.tests.factories import adjust, by, make_location, make_product, receive

pytestmark = pytest.mark.django_db

ADDRESS = reverse("products:movement_list")


def shown(client, **address) -> list[tuple[str, int]]:
    rows = client.get(ADDRESS, address).context["movements"]
    return [(movement.sku, movement.delta) for movement in rows]


@pytest.fixture
def mug(as_admin, admin):
    """Five came by nobody, two went by Ada; three days ago one more came, late."""
    mug = make_product(sku="MUG", name="Mug", stock=5, cost=Decimal(2))
    by_ada = Author.for_user(admin, Operation.Source.ADMIN)
    adjust_by = Circumstances(author=by_ada, reason="chipped")
    receive(mug, 1, cost="2", circumstances=adjust_by)
    late = timezone.now() - timedelta(days=3)
    receive(mug, 3, circumstances=by(effective_at=late, reference="DN-7"))
    return mug


class TestRows:
    def test_newest_first_with_links(self, client, mug):
        response = client.get(ADDRESS)
        assert shown(client) == [("MUG", 3), ("MUG", 1), ("MUG", 5)]
        newest = mug.movements.latest("pk")
        assert mug.get_absolute_url() in response.text
        detail = reverse("products:operation_detail", args=[newest.operation_id])
        assert detail in response.text
        for words in ("DN-7", "chipped", "+3", "dated", "Ada Admin", "€10.00"):
            assert words in response.text

    def test_deleted_product_has_no_link(self, client, mug):
        delete_product(product_id=mug.pk, circumstances=by())
        response = client.get(ADDRESS)
        assert shown(client)[0] == ("MUG", -9)
        assert mug.get_absolute_url() not in response.text
        assert "deleted since" in response.text

    def test_who_sees_no_cost_sees_no_value(self, client, mug, clerk):
        client.force_login(clerk)
        assert "€" not in client.get(ADDRESS).text

    def test_empty(self, as_admin):
        assert "Nothing has moved yet" in as_admin.get(ADDRESS).text


class TestFilters:
    def test_kind(self, client, mug):
        assert shown(client, kind="opening") == [("MUG", 5)]

    def test_person(self, client, mug):
        assert shown(client, person="Ada Admin") == [("MUG", 1)]
        assert '<option value="Tess Tester">' in client.get(ADDRESS).text
        nobody = client.get(ADDRESS, {"person": "Nobody"})
        assert '<option value="Nobody" selected>' in nobody.text

    def test_source(self, client, mug):
        assert shown(client, source="admin") == [("MUG", 1)]

    def test_location(self, client, mug):
        assert shown(client, location=1) == shown(client)  # one: there is no filter
        assert "Location" not in client.get(ADDRESS).text.partition("<main")[2]
        back = make_location()
        receive(mug, 7, location=back)
        assert shown(client, location=back.pk) == [("MUG", 7)]

    def test_days_are_business_dates(self, client, mug):
        day = timezone.localdate() - timedelta(days=3)
        assert shown(client, until=day) == [("MUG", 3)]
        assert shown(client, since=day, until=day) == [("MUG", 3)]
        assert len(shown(client, since=day + timedelta(days=1))) == 2

    def test_search(self, client, mug):
        make_product(sku="BOWL", name="Soup bowl", stock=1)
        assert shown(client, find="soup") == [("BOWL", 1)]
        assert len(shown(client, find="MUG")) == 3
        assert "Nothing fits these filters" in client.get(ADDRESS, {"find": "x"}).text

    def test_product_that_is_gone(self, client, mug):
        delete_product(product_id=mug.pk, circumstances=by())
        assert len(shown(client, find="mug")) == 4
        assert len(shown(client, product=mug.pk)) == 4

    def test_search_that_finds_many(self, client, mug, monkeypatch):
        monkeypatch.setattr("products.reports.movement_history.FEW", 0)
        assert len(shown(client, find="mug")) == 3

    def test_one_product(self, client, mug):
        adjust(make_product(stock=1), 1)
        assert {sku for sku, _delta in shown(client, product=mug.pk)} == {"MUG"}
        assert client.get(ADDRESS, {"product": mug.pk}).context["product"] == mug

    @pytest.mark.parametrize(
        "address",
        [
            {"kind": "x", "person": "\x00", "source": "\x00", "location": "a"},
            {"since": "2026-02-31", "until": "9999-99-99"},
            {"find": "\x00"},
            {"product": "9" * 30},
            {"after": "x", "before": "9" * 30},
        ],
    )
    def test_what_makes_no_sense_counts_as_not_set(self, client, mug, address):
        assert len(shown(client, **address)) == 3


class TestPages:
    def test_follow_the_key_and_keep_the_filters(self, client, mug):
        for _ in range(51):
            adjust(mug, 1, kind="found")
        first = client.get(ADDRESS, {"kind": "found"}).context
        assert len(first["movements"]) == 50
        assert "kind=found" in first["key_page"].next_url
        second = client.get(ADDRESS + first["key_page"].next_url).context
        assert [movement.delta for movement in second["movements"]] == [1]

    def test_queries_do_not_grow(self, client, mug, django_assert_max_num_queries):
        for _ in range(20):
            product = make_product(stock=1)
            delete_product(product_id=product.pk, circumstances=by())
        client.get(ADDRESS)
        with django_assert_max_num_queries(13):
            client.get(ADDRESS)
