import pytest
from allauth.account.models import EmailAddress

from accounts.models import EmailChange
from accounts.services.email_changes import ask_email_change
from accounts.services.people import vouch_for_address
from accounts.tests.people import make_user


@pytest.mark.django_db
def test_the_new_address_is_the_only_one_and_verified() -> None:
    person = make_user("old@example.com")
    person.email = "new@example.com"
    person.save(update_fields=["email"])
    vouch_for_address(person=person)
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == (
        "new@example.com",
        True,
        True,
    )


@pytest.mark.django_db
def test_change_that_was_asked_for_dies() -> None:
    person = make_user()
    ask_email_change(person=person, new_email="other@example.com")
    vouch_for_address(person=person)
    assert not EmailChange.objects.exists()
