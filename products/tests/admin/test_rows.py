"""The rows of every list look as Django draws them, and cost no query each."""

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import items_for_result
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from products.admin.paging import EXACT_UP_TO
from products.admin.rows import draw_rows

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model._meta.app_label == "products"]


def address_of(model) -> str:
    return reverse(f"admin:products_{model._meta.model_name}_changelist")


def changes_of(person, model, query):
    request = RequestFactory().get(address_of(model), query)
    request.user, request.resolver_match = person, resolve(request.path)
    return admin.site._registry[model].get_changelist_instance(request)


@pytest.mark.parametrize("model", OURS)
@pytest.mark.parametrize("query", [{}, {"p": "1"}])
def test_are_drawn_as_django_draws_them(root, one_of_each, model, query):
    changes = changes_of(root.person, model, query)
    assert len(changes.result_list)
    assert draw_rows(changes) == [
        "".join(items_for_result(changes, row, None)) for row in changes.result_list
    ]


def test_in_a_popup_say_which_is_chosen(root, one_of_each):
    page = root.get("/admin/products/product/", {"_popup": "1"}).content.decode()
    assert f'data-popup-opener="{one_of_each.pk}"' in page


@pytest.mark.parametrize("model", OURS)
def test_cost_no_query_each(root, one_of_each, model):
    changes = changes_of(root.person, model, {})
    with CaptureQueriesContext(connection) as context:
        assert draw_rows(changes)
    assert not context.captured_queries


@pytest.mark.parametrize("model", OURS)
def test_nothing_is_counted_to_its_end(root, one_of_each, model):
    with CaptureQueriesContext(connection) as context:
        root.get(address_of(model))
    counts = [q["sql"] for q in context if "COUNT(" in q["sql"]]
    assert counts
    assert all(f"LIMIT {EXACT_UP_TO + 1}" in sql for sql in counts)
