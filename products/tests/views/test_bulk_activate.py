"""/products/bulk/activate"""

import pytest
from django.test import Client
from django.urls import reverse

from products.models import BulkRun
from products.tests.factories import make_product, reload
from products.tests.views.bulking import chosen, confirm, show
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db

URL = reverse("products:bulk_activate")


def test_brings_back_what_is_archived_and_nothing_else(as_admin: Client) -> None:
    gone, there = make_product(status="archived"), make_product()
    draft = make_product(status="draft")
    page = show(as_admin, URL, chosen(gone, there, draft))
    assert [row.sku for row in page.context["changing"]] == [gone.sku]
    assert {row.old for row in page.context["same"]} == {"Active", "Draft"}
    assert flashes(confirm(as_admin, page)) == ["Brought back 1 product."]
    states = [reload(each).status for each in (gone, there, draft)]
    assert states == ["active", "active", "draft"]


def test_can_be_undone(as_admin: Client) -> None:
    products = [make_product(status="archived") for _ in range(2)]
    confirm(as_admin, show(as_admin, URL, chosen(*products)))
    operation = BulkRun.objects.get().operation
    as_admin.post(reverse("products:operation_undo", args=[operation.pk]))
    assert {reload(each).status for each in products} == {"archived"}


def test_nothing_to_bring_back(as_admin: Client) -> None:
    page = show(as_admin, URL, chosen(make_product()))
    assert "data-selection-done" not in page.content.decode()
    answer = confirm(as_admin, page).content.decode()
    assert "None of these is archived. Nothing was changed." in answer
