"""A shop that sends mail: its doors read more than one that doesn't."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _with_mail(settings: Settings) -> None:
    settings.EMAIL_IS_SET_UP = True
    settings.SITE_URL = "https://shop.example"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
