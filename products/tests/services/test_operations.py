"""services.operations: who acts, and exactly once."""

import pytest

from products.errors import KeyReused
from products.models import Operation
from products.services.operations import Author, Once, start_operation
from products.tests.factories import by

pytestmark = pytest.mark.django_db


def start(once=None):
    return start_operation(Operation.Kind.STOCK_ADJUSTED, by(once=once))


def test_name_is_kept_for_all_time(admin):
    author = Author.for_user(admin, Operation.Source.SITE)
    admin.name = "Married Name"
    assert author.label == "Ada Admin"


def test_without_a_key_each_call_is_new():
    assert start()[0] != start()[0]


def test_same_request_gets_the_first_answer():
    first, second = start(Once("k", {"a": 1})), start(Once("k", {"a": 1}))
    assert first == (second[0], True)
    assert second[1] is False


def test_order_of_what_was_asked_for_is_no_difference():
    start(Once("k", {"a": 1, "b": 2}))
    assert start(Once("k", {"b": 2, "a": 1}))[1] is False


def test_other_request_under_the_same_key_is_refused():
    start(Once("k", {"a": 1}))
    with pytest.raises(KeyReused):
        start(Once("k", {"a": 2}))
