"""The admin of locations: what may go."""

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client
from django.urls import reverse

from products.models import Location
from products.tests.factories import make_location

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client: Client, admin: AbstractBaseUser) -> Client:
    client.force_login(admin)
    return client


def delete(client: Client, location: Location) -> str:
    address = reverse("admin:products_location_delete", args=[location.pk])
    response = client.post(address, {"post": "yes"}, follow=True)
    return response.content.decode()


def test_location_without_history_goes(root: Client) -> None:
    back = make_location()
    delete(root, back)
    assert not Location.objects.filter(pk=back.pk).exists()


def test_default_location_stays(root: Client) -> None:
    default = Location.objects.get_default()
    assert "Make another one the default first" in delete(root, default)
    assert Location.objects.get_default() == default


def test_default_location_stays_among_others(root: Client) -> None:
    default, back = Location.objects.get_default(), make_location()
    action = {"action": "delete_selected", "post": "yes"}
    chosen = {"_selected_action": [default.pk, back.pk]}
    root.post(reverse("admin:products_location_changelist"), action | chosen)
    assert Location.objects.get_default() == default
