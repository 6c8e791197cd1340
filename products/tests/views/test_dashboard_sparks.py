"""The lines under the dashboard's figures, and what readers hear instead."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from products.models import Product
from products.reports.figures import refresh_days
from products.tests.factories import adjust, by, make_product, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_kept")]

LINE = 'class="spark-line"'


@pytest.fixture
def product() -> Product:
    """Ten units of 2.50 for forty days; 1,214 now."""
    past = timezone.now() - timedelta(days=40)
    made = make_product(circumstances=by(now=past))
    receive(made, 10, cost="2.50", circumstances=by(now=past))
    adjust(made, 1_204)
    return made


def html(client: Client) -> str:
    return client.get("/dashboard").content.decode()


def test_each_figure_has_its_line_at_once(as_admin: Client, product: Product) -> None:
    page = html(as_admin)
    assert page.count(LINE) == 5
    assert page.count("spark-low") == page.count("spark-out") == 1
    assert "1,204 more than 30 days ago" in page
    assert "€3,010 more than 30 days ago" in page
    assert page.count("as much as 30 days ago") == 3


def test_it_is_the_same_once_the_days_are_stored(
    as_admin: Client, product: Product
) -> None:
    before = html(as_admin).partition('class="panel stats"')[2].partition("</nav>")[0]
    refresh_days()
    cache.clear()
    assert before
    assert before in html(as_admin)


def test_no_line_of_the_value_for_those_who_may_not_see_it(
    as_clerk: Client, product: Product
) -> None:
    page = html(as_clerk)
    assert page.count(LINE) == 4
    assert "€3,010" not in page


def test_a_shop_of_today_has_no_lines(as_admin: Client) -> None:
    make_product(stock=3)
    page = html(as_admin)
    assert LINE not in page
    assert "30 days ago" not in page


def test_an_empty_shop_has_none(as_admin: Client) -> None:
    assert LINE not in html(as_admin)
