"""What the tests of the admin share: people, a row of each kind, short lists."""

import pytest
from django.contrib import admin as django_admin

from products.admin import lists, paging
from products.tests.admin.one_of_each import make_one_of_each


@pytest.fixture
def browse(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def root(client, django_user_model):
    person = django_user_model.objects.create_superuser("root@example.com", name="Root")
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def one_of_each():
    return make_one_of_each()


@pytest.fixture
def short(monkeypatch):
    """Ten rows count as many."""
    monkeypatch.setattr(paging, "EXACT_UP_TO", 10)
    monkeypatch.setattr(lists, "EXACT_UP_TO", 10)
    for one in django_admin.site._registry.values():
        monkeypatch.setattr(one, "list_per_page", 4)
