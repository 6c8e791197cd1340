"""Messages that travel to the next page in a cookie, named like our other cookies."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class FlashCookieStorage(CookieStorage):
    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class FlashStorage(FallbackStorage):
    """In the cookie what fits into it, the rest in the session."""

    storage_classes = (FlashCookieStorage, SessionStorage)
