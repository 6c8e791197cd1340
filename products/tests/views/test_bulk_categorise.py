"""/products/bulk/categorise"""

import pytest
from django.test import Client
from django.urls import reverse

from products.models import BulkRun
from products.tests.factories import make_category, make_product, reload
from products.tests.views.bulking import chosen, confirm, show
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db

URL = reverse("products:bulk_categorise")


def test_asks_first(as_admin: Client) -> None:
    page = show(as_admin, URL, chosen(make_product()))
    assert page.context["plan"] is None
    assert not page.context["form"].errors


def test_shows_old_and_new_and_does_it(as_admin: Client) -> None:
    mugs, cups = make_category("Mugs"), make_category("Cups")
    mug, cup, bare = (
        make_product(category=each, sku=f"{n}")
        for n, each in enumerate((mugs, cups, None))
    )
    page = show(as_admin, URL, chosen(mug, cup, bare), category=cups.pk)
    rows = [(row.old, row.new) for row in page.context["changing"]]
    assert rows == [("Mugs", "Cups"), ("", "Cups")]
    assert flashes(confirm(as_admin, page)) == ["Changed the category of 2 products."]
    assert {reload(each).category for each in (mug, cup, bare)} == {cups}


def test_can_be_undone_but_for_what_was_changed_since(as_admin: Client) -> None:
    mugs, cups = make_category("Mugs"), make_category("Cups")
    first, second = make_product(category=mugs), make_product(category=mugs)
    confirm(as_admin, show(as_admin, URL, chosen(first, second), category=cups.pk))
    operation = BulkRun.objects.get().operation
    confirm(as_admin, show(as_admin, URL, chosen(second), category="none"))
    undo = reverse("products:operation_undo", args=[operation.pk])
    response = as_admin.post(undo, follow=True)
    assert "1 product was left as it is" in flashes(response)[-1]
    assert (reload(first).category, reload(second).category) == (mugs, None)


def test_under_none(as_admin: Client) -> None:
    product = make_product(category=make_category())
    page = show(as_admin, URL, chosen(product), category="none")
    assert [row.new for row in page.context["changing"]] == [""]
    confirm(as_admin, page)
    assert reload(product).category is None


@pytest.mark.parametrize("category", ["", "999", "nonsense"])
def test_no_such_category(as_admin: Client, category: str) -> None:
    product = make_product()
    page = show(as_admin, URL, chosen(product), category=category)
    assert page.context["form"].errors["category"]
    assert page.context["plan"] is None


def test_another_category_than_the_one_shown(as_admin: Client) -> None:
    mugs, cups = make_category("Mugs"), make_category("Cups")
    product = make_product()
    page = show(as_admin, URL, chosen(product), category=mugs.pk)
    page = confirm(as_admin, page, category=cups.pk)
    assert "Something has changed since you looked" in page.content.decode()
    assert reload(product).category is None
    confirm(as_admin, page)
    assert reload(product).category == cups
