"""Fixtures of the tests of people, beside those of the project."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.people import make_superuser, signed_in_as


@pytest.fixture
def owner(db: None) -> User:
    """A superuser, as `make run` makes one."""
    return make_superuser()


@pytest.fixture
def owner_client(owner: User) -> Client:
    return signed_in_as(owner)


@pytest.fixture
def admin_client(admin: User) -> Client:  # not pytest-django's: ours is no superuser
    return signed_in_as(admin)


@pytest.fixture
def with_mail(settings: Settings) -> None:
    """As if EMAIL_URL were set: mails go out, addresses must be confirmed."""
    settings.EMAIL_IS_SET_UP = True
    settings.SITE_URL = "https://shop.example"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
