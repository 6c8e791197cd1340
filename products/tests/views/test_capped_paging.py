"""views.capped_paging: lists are counted as far as anybody goes through them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from products.services.deleting import delete_product
from products.tests.factories import by, make_product
from products.views import capped_paging

pytestmark = pytest.mark.django_db

ADDRESS = reverse("products:product_deleted_list")


@pytest.fixture
def four(as_admin, monkeypatch):
    monkeypatch.setattr(capped_paging, "MOST", 3)
    for _number in range(4):
        delete_product(product_id=make_product().pk, circumstances=by())
    return as_admin


def test_more_than_are_counted(four):
    response = four.get(ADDRESS)
    assert "1–3 of 3</span>" not in response.text
    assert "of 3+</span>" in response.text
    assert len(response.context["deletions"]) == 3


def test_page_behind_the_last_is_the_last(four):
    assert four.get(ADDRESS, {"page": 9}).context["page_obj"].number == 1


def test_as_many_as_are_counted(four, monkeypatch):
    monkeypatch.setattr(capped_paging, "MOST", 4)
    response = four.get(ADDRESS)
    assert "1–4 of 4</span>" in response.text


def test_count_reads_no_further(four):
    with CaptureQueriesContext(connection) as queries:
        four.get(ADDRESS)
    counts = [one["sql"] for one in queries if "COUNT(" in one["sql"].upper()]
    assert any("LIMIT 4" in sql for sql in counts)
