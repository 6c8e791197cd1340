"""The language of mails: the receiver's choice, the page's, or the site's."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client
from django.utils.translation import override

from accounts.languages import mail_language
from accounts.models import User
from accounts.tests.people import make_superuser, make_user, speaking

pytestmark = pytest.mark.django_db


def test_what_the_receiver_chose_goes_first() -> None:
    speaking("de")
    for writer in (AnonymousUser(), make_superuser()):
        assert mail_language(" NORA@example.com ", writer=writer) == "de"


def test_without_a_choice_it_is_the_page_of_the_receiver() -> None:
    nora = make_user()
    with override("de"):
        assert mail_language(nora.email, writer=nora) == "de"
        assert mail_language(nora.email, writer=AnonymousUser()) == "de"


def test_somebody_else_with_an_account_gets_the_language_of_the_site() -> None:
    nora = make_user()
    with override("de"):
        assert mail_language(nora.email, writer=make_superuser()) == "en"


def test_a_stranger_gets_the_page_of_who_invites() -> None:
    with override("de"):
        assert mail_language("new@example.com", writer=make_superuser()) == "de"


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize(
    ("language", "subject"),
    [("de", "Ein neues Passwort für"), ("", "A new password for")],
)
def test_a_mail_from_an_english_page(language: str, subject: str) -> None:
    User.objects.filter(pk=make_user().pk).update(language=language)
    page = Client().post("/account/password/reset", {"email": "nora@example.com"})
    assert page["Content-Language"] == "en"
    assert subject in mail.outbox[-1].subject
    assert ("Guten Tag" in mail.outbox[-1].body) == (language == "de")
