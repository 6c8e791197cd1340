"""Saved views as tabs above the list."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from products.models import Category, SavedView
from products.tests.factories import make_category, make_product
from products.tests.views.saving import LIST, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def product() -> None:
    make_product(name="Blue mug", stock=5)


def html(client: Client, query: str = "") -> str:
    return str(client.get(f"{LIST}?{query}").content.decode())


def test_all_products_and_nothing_to_save(as_regular: Client) -> None:
    page = html(as_regular)
    assert f'<a class="view" href="{LIST}" aria-current="page">All products</a>' in page
    assert "Save this view" not in page


def test_what_is_set_can_be_saved(as_regular: Client) -> None:
    page = html(as_regular, "stock=in_stock&brand=x&sort=name")
    assert "/products/views/new?stock=in_stock&amp;sort=name" in page


def test_a_tab_opens_what_was_saved(as_regular: Client) -> None:
    view = save(as_regular, "Blue & <b>", "q=blue+%26&stock=low")
    page = html(as_regular)
    tab = f"{LIST}?view={view.pk}&amp;q=blue+%26&amp;stock=low"
    assert f'href="{tab}" title="Blue &amp; &lt;b&gt;"' in page
    opened = as_regular.get(tab.replace("&amp;", "&"))
    assert opened.context["address"] == tab.replace("&amp;", "&")
    shown = opened.content.decode()
    assert 'title="Blue &amp; &lt;b&gt;" aria-current="page"' in shown
    assert "Save changes" not in shown
    assert f'name="view" value="{view.pk}" form="filters"' in shown


def test_a_change_can_be_saved_in_it_or_as_another(as_regular: Client) -> None:
    view = save(as_regular)
    page = html(as_regular, f"view={view.pk}&stock=in_stock")
    assert "Save changes" in page
    assert "Save as a new view" in page
    assert f"/products/views/{view.pk}/replace?view={view.pk}&amp;stock=in_s" in page


def test_other_pages_of_the_list_stay_in_the_view(as_regular: Client) -> None:
    for _number in range(26):
        make_product()
    view = save(as_regular, address="sort=sku")
    page = as_regular.get(f"{LIST}?view={view.pk}&sort=sku")
    onward = parse_qs(urlsplit(page.context["next_url"]).query)
    assert onward["view"] == [str(view.pk)]
    assert (
        "Save changes" not in as_regular.get(page.context["next_url"]).content.decode()
    )


def test_nobody_sees_the_views_of_another(as_regular: Client, admin) -> None:
    view = save(as_regular)
    as_regular.force_login(admin)
    page = html(as_regular, f"view={view.pk}&stock=low")
    assert "Low</a>" not in page
    assert f'name="view" value="{view.pk}"' not in page
    assert f"/products/views/{view.pk}/" not in page
    assert 'aria-current="page">All products' in page


@pytest.mark.parametrize("mark", ["x", "-1", "9" * 40, "", "all", "1&view=2"])
def test_a_view_that_makes_no_sense_is_all_products(
    as_regular: Client, mark: str
) -> None:
    page = html(as_regular, f"view={mark}")
    assert 'aria-current="page">All products' in page
    assert "Blue mug" in page


def test_the_ones_after_the_eighth_stand_behind_more(as_regular: Client) -> None:
    views = [save(as_regular, f"View {number:02d}") for number in range(10)]
    page = as_regular.get(LIST)
    bar = page.context["view_bar"]
    assert [tab.name for tab in bar.more] == ["View 08", "View 09"]
    bar = as_regular.get(f"{LIST}?view={views[9].pk}&stock=low").context["view_bar"]
    assert bar.tabs[-1].name == "View 09"
    assert [tab.name for tab in bar.more] == ["View 07", "View 08"]


def test_what_is_no_more_is_said(as_regular: Client) -> None:
    mugs = make_category("Mugs")
    view = save(as_regular, address=f"category={mugs.pk}&stock=in_stock")
    query = f"view={view.pk}&{view.address}"
    assert "no longer there" not in html(as_regular, query)
    Category.objects.all().delete()
    page = html(as_regular, query)
    assert "“Low” was saved with something that is no longer there: Category." in page
    assert "Save changes" in page
    # Somebody who has set another filter since needs no warning.
    other = f"view={view.pk}&stock=in_stock"
    assert "no longer there" not in html(as_regular, other)


def test_a_cost_filter_is_lost_with_the_permission(as_regular: Client) -> None:
    view = save(as_regular, address="cost=missing")
    page = html(as_regular, f"view={view.pk}&cost=missing")
    assert "no longer there: Cost." in page


def test_one_query_however_many(
    as_regular: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_regular.get(LIST)
    with django_assert_max_num_queries(30) as without:
        as_regular.get(LIST)
    for number in range(20):
        save(as_regular, f"View {number}")
    with django_assert_max_num_queries(30) as many:
        as_regular.get(LIST)
    assert len(many) == len(without)
    views = [query for query in many if SavedView._meta.db_table in query["sql"]]
    assert len(views) == 1
