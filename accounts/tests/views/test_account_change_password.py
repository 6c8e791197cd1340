import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.tests.people import PASSWORD, is_signed_in, make_user, signed_in_as

pytestmark = pytest.mark.django_db

NEW = "eight brown owls"


@pytest.fixture
def person(db: None) -> User:
    return make_user()


def change(client: Client, **changes: str):
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW} | changes
    return client.post("/account/password", data, follow=True)


def test_changes_and_keeps_this_session_only(person: User) -> None:
    here, elsewhere = signed_in_as(person), signed_in_as(person)
    response = change(here)
    assert "Your password is changed." in response.text
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"oldpassword": "wrong"}, "This is not your current password."),
        ({"password2": "another one here"}, "the same password each time"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"oldpassword": "x" * 600}, "the most we take is 512"),
        ({"password1": "x!" * 300, "password2": "x!" * 300}, "we take is 512"),
    ],
)
def test_refused(person: User, changes: dict[str, str], said: str) -> None:
    assert said in change(signed_in_as(person), **changes).text
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.usefixtures("with_mail")
def test_tells_the_person_by_mail(person: User) -> None:
    change(signed_in_as(person))
    [message] = mail.outbox
    assert message.subject == "Your password for Linden & Loom was changed"
    assert message.to == [person.email]


def test_sixth_try_in_a_minute_waits(person: User) -> None:
    client = signed_in_as(person)
    for _attempt in range(5):
        change(client, oldpassword="wrong")
    assert change(client).status_code == 429
