from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Invitation
from accounts.tests.people import make_user

pytestmark = pytest.mark.django_db

PAGE = "/account/invitations/new"
ZOE = {"name": "Zoë", "email": "Zoe@Example.com", "role": "Clerk"}


def invite(client: Client, **changes: str):
    return client.post(PAGE, ZOE | changes, follow=True)


def test_without_mail_the_link_is_shown_once(owner_client: Client) -> None:
    response = invite(owner_client)
    link = response.context["link"]["url"]
    assert link.startswith("http://testserver/account/invitation/")
    assert f'value="{link}"' in response.text
    assert owner_client.get("/account/invitations").context["link"] is None
    assert not mail.outbox


def test_keeps_address_and_role(owner_client: Client) -> None:
    invite(owner_client)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == ("zoe@example.com", "Clerk")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "nora@example.com"}, "There is an account with this e-mail"),
        ({"email": "NORA@example.com"}, "There is an account with this e-mail"),
        ({"email": "nonsense"}, "Enter a valid email address."),
        ({"name": ""}, "This field is required."),
        ({"role": "Owner"}, "Select a valid choice."),
    ],
)
def test_bad_input(owner_client: Client, changes: dict[str, str], said: str) -> None:
    make_user("nora@example.com")
    assert said in invite(owner_client, **changes).text
    assert not Invitation.objects.exists()


def test_invited_twice(owner_client: Client) -> None:
    invite(owner_client)
    assert "This e-mail is invited already" in invite(owner_client).text


def test_admin_who_is_no_superuser_invites_no_admin(admin_client: Client) -> None:
    assert "Select a valid choice." in invite(admin_client, role="Admin").text
    assert '<option value="Admin"' not in admin_client.get(PAGE).text
    assert not Invitation.objects.exists()


@pytest.mark.usefixtures("with_mail")
class TestWithMail:
    def test_link_is_mailed_and_not_shown(self, owner_client: Client) -> None:
        response = invite(owner_client)
        [message] = mail.outbox
        assert message.to == ["zoe@example.com"]
        assert message.subject == "Olga Owner invites you to Linden & Loom"
        assert "https://shop.example/account/invitation/" in message.body
        assert response.context["link"] is None
        assert "The invitation is mailed to zoe@example.com." in response.text

    def test_mail_server_down_shows_the_link(self, owner_client: Client) -> None:
        with patch("django.core.mail.EmailMessage.send", side_effect=OSError):
            response = invite(owner_client)
        assert "could not be sent" in response.text
        assert response.context["link"]
