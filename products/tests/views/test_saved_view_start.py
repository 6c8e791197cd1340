import pytest
from django.test import Client

from products.tests.factories import make_product
from products.tests.views.saving import LIST, save, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    make_product(name="Full shelf", stock=5)
    make_product(name="Empty shelf")


def shown(client: Client, address: str = LIST) -> set[str]:
    return {product.name for product in client.get(address).context["products"]}


def test_the_dashboard_opens_with_it(as_regular: Client) -> None:
    view = save(as_regular, "Out", "stock=out&q=shelf")
    send(as_regular, "saved_view_start", view)
    page = as_regular.get(LIST)
    assert [row.name for row in page.context["products"]] == ["Empty shelf"]
    # Everything that leads on from here names the view and what it shows.
    assert page.context["address"] == f"{LIST}?view={view.pk}&q=shelf&stock=out"
    assert 'name="q" id="q" value="shelf"' in page.content.decode()


def test_all_products_stay_within_reach(as_regular: Client) -> None:
    send(as_regular, "saved_view_start", save(as_regular, "Out", "stock=out"))
    page = as_regular.get(LIST).content.decode()
    assert f'href="{LIST}?view=all"' in page
    assert shown(as_regular, f"{LIST}?view=all") == {"Full shelf", "Empty shelf"}
    # So do they where every filter has been cleared.
    cleared = as_regular.get(f"{LIST}?q=&category=&stock=&view=")
    assert cleared.context["address"] == f"{LIST}?view=all"


def test_until_all_products_are_chosen_again(as_regular: Client) -> None:
    view = save(as_regular, "Out", "stock=out")
    send(as_regular, "saved_view_start", view)
    send(as_regular, "saved_view_start", view, everything="")
    assert shown(as_regular) == {"Full shelf", "Empty shelf"}
    assert f"{LIST}?view=all" not in as_regular.get(LIST).context["address"]


def test_it_starts_so_for_nobody_else(as_regular: Client, admin) -> None:
    send(as_regular, "saved_view_start", save(as_regular, "Out", "stock=out"))
    as_regular.force_login(admin)
    assert shown(as_regular) == {"Full shelf", "Empty shelf"}
