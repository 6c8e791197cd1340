import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from accounts.breached import is_sorted
from accounts.models import User

WORDS = [f"stolen word {number}" for number in range(500)]


def key(word: str) -> str:
    return hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper()


@pytest.fixture
def listed(tmp_path: Path, settings: Settings) -> Path:
    path = tmp_path / "pwned.txt"
    lines = sorted(f"{key(word)}:{len(word)}" for word in WORDS)
    path.write_text("\n".join(lines) + "\n")
    settings.BREACHED_PASSWORDS = str(path)
    return path


def is_refused(password: str) -> bool:
    try:
        validate_password(password)
    except ValidationError as error:
        return [one.code for one in error.error_list] == ["password_breached"]
    return False


def test_what_is_listed_is_refused(listed: Path) -> None:
    assert all(is_refused(word) for word in WORDS)


def test_what_is_not_listed_is_taken(listed: Path) -> None:
    assert not any(is_refused(f"{word} of mine") for word in WORDS)


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_first_and_last_of_short_lists(listed: Path, count: int, end: str) -> None:
    words = sorted(WORDS, key=key)[:count]
    listed.write_bytes(end.join(f"{key(word)}:3" for word in words).encode())
    assert all(is_refused(word) for word in words)
    assert not is_refused("seven grey herons")


@pytest.mark.parametrize("text", ["", "\n\n", "x" * 5_000, "no hash:1\n" * 99])
def test_nonsense_refuses_nobody_and_is_not_sorted(listed: Path, text: str) -> None:
    listed.write_text(text)
    assert not is_refused(WORDS[0])
    assert not is_sorted(str(listed))


def test_list_that_is_gone_stops_nobody_and_is_logged(
    listed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    listed.unlink()
    assert not is_refused(WORDS[0])
    assert "list of breached passwords could not be read" in caplog.text


def test_sorted_or_not(listed: Path) -> None:
    assert is_sorted(str(listed))
    lines = listed.read_text().splitlines()
    listed.write_text("\n".join(reversed(lines)))
    assert not is_sorted(str(listed))


def test_without_a_list_nothing_is_refused(settings: Settings) -> None:
    settings.BREACHED_PASSWORDS = ""
    assert not is_refused(WORDS[0])


@pytest.mark.django_db
def test_is_said_at_the_door(client: Client, listed: Path) -> None:
    form = {"name": "Nora", "email": "nora@example.com", "password1": WORDS[7]}
    response = client.post("/register", form | {"password": WORDS[7]})
    assert "This password was stolen somewhere" in response.text
    assert not User.objects.exists()
