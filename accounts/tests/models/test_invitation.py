from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Invitation

pytestmark = pytest.mark.django_db


def build(**changes: object) -> Invitation:
    values = {
        "email": "zoe@example.com",
        "name": "Zoë",
        "token_hash": "a" * 64,
        "expires_at": timezone.now() + timedelta(days=1),
    }
    return Invitation(**(values | changes))


def test_unknown_role_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError):
        build(role="Owner").save()


def test_unknown_role_is_said_in_words() -> None:
    with pytest.raises(ValidationError, match="There is no such role"):
        build(role="Owner").validate_constraints()


def test_one_invitation_for_an_address_in_any_case() -> None:
    build().save()
    with pytest.raises(IntegrityError):
        build(email="ZOE@example.com", token_hash="b" * 64).save()


def test_expires() -> None:
    assert not build().is_expired
    assert build(expires_at=timezone.now()).is_expired
