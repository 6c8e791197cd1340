"""The three roles, signed in."""

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client


@pytest.fixture
def as_admin(client: Client, admin: AbstractBaseUser) -> Client:
    client.force_login(admin)
    return client


@pytest.fixture
def as_clerk(client: Client, clerk: AbstractBaseUser) -> Client:
    client.force_login(clerk)
    return client


@pytest.fixture
def as_regular(client: Client, regular: AbstractBaseUser) -> Client:
    client.force_login(regular)
    return client
