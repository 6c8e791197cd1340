import pytest
from django.test import Client
from django.urls import reverse

from products.tests.views.saving import LIST, names, save, send

pytestmark = pytest.mark.django_db


def test_shows_the_name_and_leads_back(as_regular: Client) -> None:
    view = save(as_regular, "<Low>")
    url = reverse("products:saved_view_rename", args=[view.pk])
    page = as_regular.get(f"{url}?view={view.pk}&stock=out").content.decode()
    assert "Rename “&lt;Low&gt;”" in page
    assert f'href="{LIST}?view={view.pk}&amp;stock=out"' in page


def test_what_is_set_stays_set(as_regular: Client) -> None:
    view = save(as_regular)
    query = f"view={view.pk}&stock=out&q=a+%26+b"
    answer = send(as_regular, "saved_view_rename", view, query=query, name="Few left")
    assert names(as_regular) == ["Few left"]
    assert answer["Location"] == f"{LIST}?{query}"


def test_two_of_one_name_are_refused_at_the_field(as_regular: Client) -> None:
    save(as_regular, "Out")
    answer = send(as_regular, "saved_view_rename", save(as_regular), name="OUT")
    assert "You have a view of this name already." in answer.content.decode()
    assert names(as_regular) == ["Out", "Low"]
