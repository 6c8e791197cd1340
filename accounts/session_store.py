"""Django's sessions in the database, each found by a statement that is made once."""

import re

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection
from django.utils import timezone

from inventory_site.statements import ask

# Asked on every page; as a queryset it takes as long as four others together.
FOUND = """
    SELECT session_data FROM django_session
    WHERE session_key = %s AND expire_date > %s
"""
# As Django makes keys. Nobody is asked for other text: PostgreSQL takes no NUL.
KEY = re.compile(r"[0-9a-z]{8,40}")


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        """Tell whether it can be a key of ours; any other counts as none."""
        return bool(key and KEY.fullmatch(key))

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        """Return the session of this key; None, and no key, where it is over."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        for (data,) in ask(FOUND, [self.session_key, now]):
            found: AbstractBaseSession = self.model(session_data=data)
            return found
        self._session_key = None
        return None
