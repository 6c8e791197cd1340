"""/products/bulk/archive"""

import pytest
from django.test import Client
from django.urls import reverse

from products.models import BulkRun, Operation, Product
from products.tests.factories import make_product, reload
from products.tests.views.bulking import chosen, confirm, show
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db

URL = reverse("products:bulk_archive")


def test_shows_what_would_happen_and_does_nothing(as_admin: Client) -> None:
    mug, cup = make_product(name="Mug", stock=4), make_product(status="archived")
    page = show(as_admin, URL, chosen(mug, cup))
    assert [row.name for row in page.context["changing"]] == ["Mug"]
    assert [row.sku for row in page.context["same"]] == [cup.sku]
    assert page.context["kept"].units == 4
    assert "Archive 1 product" in page.content.decode()
    assert reload(mug).status == Product.Status.ACTIVE


def test_archives_all_as_one_operation(as_admin: Client) -> None:
    products = [make_product() for _ in range(3)]
    response = confirm(as_admin, show(as_admin, URL, chosen(*products)))
    assert response.redirect_chain == [(reverse("products:dashboard"), 302)]
    assert flashes(response) == ["Archived 3 products."]
    assert not Product.objects.listed().exists()
    operation = BulkRun.objects.get().operation
    assert operation.kind == Operation.Kind.PRODUCT_ARCHIVED
    assert operation.changes.count() == 3


def test_goes_back_to_the_list(as_admin: Client) -> None:
    product = make_product()
    page = show(as_admin, URL, {**chosen(product), "list": "/dashboard?sort=name"})
    response = confirm(as_admin, page)
    assert response.redirect_chain[0][0] == "/dashboard?sort=name"


def test_everything_the_list_shows(as_admin: Client) -> None:
    mugs = [make_product(name=f"Mug {n}") for n in range(3)]
    cup = make_product(name="Cup")
    page = show(as_admin, URL, {"whole": "1", "list": "/dashboard?q=mug"})
    assert len(page.context["changing"]) == 3
    confirm(as_admin, page)
    assert {reload(mug).status for mug in mugs} == {"archived"}
    assert reload(cup).status == "active"


def test_a_product_that_came_to_the_list_meanwhile_is_shown_first(
    as_admin: Client,
) -> None:
    make_product(name="Mug 1")
    page = show(as_admin, URL, {"whole": "1", "list": "/dashboard?q=mug"})
    late = make_product(name="Mug 2")
    page = confirm(as_admin, page)
    assert "Something has changed since you looked" in page.content.decode()
    assert not BulkRun.objects.exists()
    assert flashes(confirm(as_admin, page)) == ["Archived 2 products."]
    assert reload(late).status == "archived"


def test_changed_meanwhile_shows_it_again(as_admin: Client) -> None:
    mug, cup = make_product(), make_product()
    page = show(as_admin, URL, chosen(mug, cup))
    as_admin.post(reverse("products:product_archive", args=[cup.pk]))
    page = confirm(as_admin, page)
    assert "Something has changed since you looked" in page.content.decode()
    assert reload(mug).status == "active"
    assert flashes(confirm(as_admin, page))[-1] == "Archived 1 product."


def test_a_second_click_is_answered_as_the_first(as_admin: Client) -> None:
    page = show(as_admin, URL, chosen(make_product(), make_product()))
    confirm(as_admin, page)
    response = confirm(as_admin, page)
    assert flashes(response)[-1] == "Archived 2 products."
    assert BulkRun.objects.count() == 1


def test_undo_from_the_message(as_admin: Client) -> None:
    products = [make_product() for _ in range(3)]
    confirm(as_admin, show(as_admin, URL, chosen(*products)))
    operation = BulkRun.objects.get().operation
    undo = reverse("products:operation_undo", args=[operation.pk])
    response = as_admin.post(undo, follow=True)
    assert flashes(response)[-1] == "Undone: Archived 3 products."
    assert Product.objects.listed().count() == 3


def test_undo_goes_row_by_row(as_admin: Client) -> None:
    mug, cup = make_product(), make_product()
    confirm(as_admin, show(as_admin, URL, chosen(mug, cup)))
    operation = BulkRun.objects.get().operation
    Product.objects.filter(pk=cup.pk).update(status="draft")
    undo = reverse("products:operation_undo", args=[operation.pk])
    page = as_admin.get(undo).content.decode()
    assert "Undo “Archived 2 products”" in page
    response = as_admin.post(undo, follow=True)
    assert "1 product was left as it is" in flashes(response)[-1]
    assert (reload(mug).status, reload(cup).status) == ("active", "draft")


def test_history_says_how_many(as_admin: Client) -> None:
    confirm(as_admin, show(as_admin, URL, chosen(make_product(), make_product())))
    page = as_admin.get(reverse("products:operation_list")).content.decode()
    assert "Archived 2 products" in page


def test_nothing_chosen(as_admin: Client) -> None:
    for page in (as_admin.get(URL), as_admin.post(URL, {"seen": "x"})):
        assert "No product is chosen" in page.content.decode()


def test_deleted_meanwhile(as_admin: Client) -> None:
    product = make_product()
    page = show(as_admin, URL, {"chosen": f"{product.pk},999999,nonsense,{10**30}"})
    assert page.context["plan"].gone == 1
    assert flashes(confirm(as_admin, page)) == ["Archived 1 product."]


def test_a_list_whose_filter_means_nothing_any_more(as_admin: Client) -> None:
    make_product()
    page = show(as_admin, URL, {"whole": "1", "list": "/dashboard?category=999"})
    assert "The list has changed" in page.content.decode()


def test_too_many(as_admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("products.views.bulk.MOST", 1)
    page = show(as_admin, URL, chosen(make_product(), make_product()))
    assert "More than 1 products are too many at once" in page.content.decode()
    assert page.context["plan"] is None


def test_the_price_of_a_plan_does_not_grow(
    as_admin: Client, django_assert_max_num_queries: object
) -> None:
    few = chosen(*[make_product() for _ in range(2)])
    many = chosen(*[make_product() for _ in range(40)])
    counts = [queries_of(as_admin, sent) for sent in (few, many)]
    assert counts[0] == counts[1]


def queries_of(client: Client, sent: dict[str, object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as context:
        show(client, URL, sent)
    return len(context)
