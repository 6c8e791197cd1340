import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.validators import MAX_PASSWORD_LENGTH

WORDS = "walnut Tuesday 17 "


def long_password(length: int) -> str:
    return (WORDS * length)[:length]


@pytest.mark.parametrize("length", [128, MAX_PASSWORD_LENGTH])
def test_long_passwords_are_fine(length: int) -> None:
    validate_password(long_password(length))


def test_past_the_limit_is_refused_with_both_numbers() -> None:
    with pytest.raises(ValidationError, match=r"513 char.* we take is 512"):
        validate_password(long_password(MAX_PASSWORD_LENGTH + 1))


@pytest.mark.parametrize("password", ["short", "password", "31415926535", "okaforam"])
def test_weak_passwords_are_refused(password: str) -> None:
    person = User(name="Amélie Okaforam", email="amelie@example.com")
    with pytest.raises(ValidationError):
        validate_password(password, person)


@pytest.mark.parametrize(
    ("password", "fits"),
    [
        ("Linden&Loom2026", False),
        ("linden & loom", False),
        ("loomloomloom", False),
        ("inventory123!", False),
        ("Warehouse-Stock", False),
        ("heron on a linden", True),
        ("stockholm syndrome", True),
    ],
)
def test_words_of_the_shop_are_no_password(password: str, *, fits: bool) -> None:
    """The shop of the tests is called Linden & Loom."""
    if fits:
        validate_password(password)
    else:
        with pytest.raises(ValidationError, match="name of the shop"):
            validate_password(password)
