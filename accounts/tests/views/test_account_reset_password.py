import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.tests.people import PASSWORD, is_signed_in, make_user

pytestmark = pytest.mark.django_db

NEW = {"password1": "eight brown owls", "password2": "eight brown owls"}


def ask(client: Client, email: str = "NORA@example.com"):
    return client.post("/account/password/reset", {"email": email})


def mailed_link() -> str:
    found = re.search(
        r"https://shop\.example(\S+/reset/\S+)", str(mail.outbox[-1].body)
    )
    assert found
    return found[1]


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_mail_it_says_whom_to_ask(client: Client, method: str) -> None:
    make_user()
    response = getattr(client, method)("/account/password/reset")
    assert "Ask an admin of the shop" in response.text
    assert not mail.outbox


@pytest.mark.usefixtures("with_mail")
class TestWithMail:
    def test_mailed_link_sets_a_password_once(self, client: Client) -> None:
        person = make_user()
        assert ask(client)["Location"] == "/account/password/reset/sent"
        link = mailed_link()
        form = client.get(link)["Location"]
        assert client.post(form, NEW)["Location"] == "/account/password/reset/done"
        person.refresh_from_db()
        assert person.check_password(NEW["password1"])
        assert "This link was used already" in Client().get(link).text

    def test_says_whose_it_is_once(self, client: Client) -> None:
        make_user()
        ask(client)
        link = mailed_link()
        assert 'value="nora@example.com"' in client.get(link, follow=True).text
        done = client.post(client.get(link)["Location"], NEW, follow=True)
        assert "Your new password is set" in done.text
        assert "<strong>nora@example.com</strong> is signed out" in done.text
        assert "is changed" not in done.text
        again = client.get("/account/password/reset/done")
        assert "nora@example.com" not in again.text

    def test_ends_every_session(self, client: Client) -> None:
        thief = Client()
        thief.force_login(make_user())
        ask(client)
        client.post(client.get(mailed_link())["Location"], NEW)
        assert not is_signed_in(thief)

    def test_answers_the_same_for_an_unknown_address(self, client: Client) -> None:
        response = ask(client, "nobody@example.com")
        assert response["Location"] == "/account/password/reset/sent"
        [message] = mail.outbox
        assert message.subject == "No account at Linden & Loom with this address"
        assert "/register" in message.body

    def test_deactivated_person_gets_no_link(self, client: Client) -> None:
        make_user()
        User.objects.update(is_active=False)
        ask(client)
        assert "/reset/" not in mail.outbox[-1].body

    def test_fourth_mail_to_one_address_waits(self, client: Client) -> None:
        make_user()
        for _mail in range(3):
            ask(client)
        response = ask(client)
        assert response.status_code == 429
        assert "Wait 15 minutes" in response.text
        assert len(mail.outbox) == 3

    def test_lifts_the_throttle_of_sign_in(self, client: Client) -> None:
        make_user()
        sign_in = {"email": "nora@example.com", "password": "wrong"}
        for _attempt in range(6):
            client.post("/login", sign_in)
        ask(client)
        client.post(client.get(mailed_link())["Location"], NEW)
        client.post("/login", sign_in | {"password": NEW["password1"]})
        assert is_signed_in(client)


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password2": "another one"}, "the same password each time"),
        ({"password1": "x!" * 300, "password2": "x!" * 300}, "we take is 512"),
    ],
)
def test_new_password_is_checked(
    client: Client, changes: dict[str, str], said: str
) -> None:
    person = make_user()
    ask(client)
    response = client.post(client.get(mailed_link())["Location"], NEW | changes)
    assert said in response.text
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
