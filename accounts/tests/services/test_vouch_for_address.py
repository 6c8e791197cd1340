import pytest
from allauth.account.models import EmailAddress

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
