import pytest
from django.test import Client

from products.tests.views.saving import LIST, names, save, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("to", "order"), [("left", "bac"), ("right", "acb"), ("up", "abc"), ("", "abc")]
)
def test_one_place(as_regular: Client, to: str, order: str) -> None:
    _a, view, _c = (save(as_regular, name) for name in "abc")
    answer = send(as_regular, "saved_view_move", view, query="stock=low", to=to)
    assert names(as_regular) == list(order)
    assert answer["Location"] == f"{LIST}?stock=low"
