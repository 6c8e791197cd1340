"""The language in which somebody is written to."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language

from accounts.models import User


def mail_language(email: str, *, writer: User | AnonymousUser) -> str:
    """Return the language of a mail to `email` that `writer` causes; one query.

    What the receiver chose goes first. Who chose none and is at the page himself gets
    the page's language, as does a stranger who is invited. Somebody else with an
    account gets the site's.
    """
    here = get_language() or settings.LANGUAGE_CODE
    address = email.strip().lower()
    chosen = User.objects.filter(email=address).values_list("language", flat=True)
    language = chosen.first()
    if language in dict(settings.LANGUAGES):
        return str(language)
    is_for_another = writer.is_authenticated and writer.get_username() != address
    return settings.LANGUAGE_CODE if is_for_another and language == "" else here
