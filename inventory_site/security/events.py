"""The security log: `note` is called by whoever makes something happen.

The one module of the project that both apps may import. It says what happened, who did
it and from where; `lines` makes a line of JSON of it. Passwords, codes, tokens and
links are never handed to it: docs/security-log.md lists the events and their facts.
"""

import getpass
import logging
import re
import sys
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Any, Final

from django.db import DatabaseError
from django.db.transaction import on_commit
from django.utils.crypto import salted_hmac

from inventory_site.security.requests import client_of, current_id, current_request

logger = logging.getLogger("security")

LONGEST_TEXT: Final = 200
MOST_PARTS: Final = 20  # of a list or of filters
SECRET_NAME: Final = re.compile("(?i)passw|token|secret|csrf|session|code|key")
HANDLE_LENGTH: Final = 12


class Event(StrEnum):
    """Everything the log tells; a line has one of these words."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    IDENTITY_CONFIRMED = "identity_confirmed"
    THROTTLED = "throttled"
    REGISTERED = "registered"
    ADDRESS_CONFIRMED = "address_confirmed"
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SECOND_FACTOR_FAILED = "second_factor_failed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODES_SHOWN = "recovery_codes_shown"
    RECOVERY_CODE_USED = "recovery_code_used"
    PASSWORD_SET = "password_set"  # noqa: S105  (a word, not a password)
    PASSWORD_RESET_ASKED = "password_reset_asked"  # noqa: S105  (the same)
    PASSWORD_RESET = "password_reset"  # noqa: S105  (the same)
    RESET_LINK_MADE = "reset_link_made"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    EMAIL_CHANGE_AGREED = "email_change_agreed"
    EMAIL_CHANGE_WITHDRAWN = "email_change_withdrawn"
    EMAIL_CHANGED = "email_changed"
    SESSIONS_ENDED = "sessions_ended"
    PERSON_CREATED = "person_created"
    PERSON_EDITED = "person_edited"
    PERSON_DEACTIVATED = "person_deactivated"
    PERSON_REACTIVATED = "person_reactivated"
    ROLE_CHANGED = "role_changed"
    SUPERUSER_CHANGED = "superuser_changed"
    GROUPS_CHANGED = "groups_changed"
    PERMISSIONS_CHANGED = "permissions_changed"
    GROUP_EDITED = "group_edited"
    INVITED = "invited"
    INVITATION_RENEWED = "invitation_renewed"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    INVITATION_ACCEPTED = "invitation_accepted"
    ACTION_REFUSED = "action_refused"
    ADMIN_REFUSED = "admin_refused"
    PAGE_DENIED = "page_denied"
    CSRF_FAILED = "csrf_failed"
    BAD_REQUEST = "bad_request"
    EXPORTED = "exported"
    IMPORT_PLANNED = "import_planned"
    IMPORT_APPLIED = "import_applied"
    IMPORT_DISCARDED = "import_discarded"
    IMPORT_UNDONE = "import_undone"
    BACKUP_WRITTEN = "backup_written"
    BACKUP_RESTORED = "backup_restored"


class Outcome(StrEnum):
    DONE = "done"
    STARTED = "started"
    FAILED = "failed"
    REFUSED = "refused"


class _Asking:
    """Stands for whoever the request is from."""


ASKING: Final = _Asking()


def note(
    event: Event, *, outcome: Outcome = Outcome.DONE, who: Any = ASKING, **facts: Any
) -> None:
    """Write a line: at once, but what is done only when it is committed.

    `who` is the person who did it, None for nobody who is known; left out, whoever the
    request is from, and in a command the operator. Never raises because of the log, and
    costs no query but for a request whose person nobody has asked for yet.
    """
    told: dict[str, Any] = {"event": event.value, "outcome": outcome.value}
    told |= _circumstances(who)
    told["facts"] = {name: plain(value) for name, value in facts.items()}
    bad = outcome in {Outcome.FAILED, Outcome.REFUSED}
    level = logging.WARNING if bad else logging.INFO
    write = partial(logger.log, level, event.value, extra={"security": told})
    if outcome != Outcome.DONE:
        write()
        return
    try:
        on_commit(write, robust=True)
    except DatabaseError:  # the database is gone; what happened has happened
        write()


def about(person: Any) -> dict[str, Any]:
    """Return the facts that name the person something was done to."""
    return {"person": person.pk, "person_name": str(person)}


def typed_address(text: str, person: Any = None) -> dict[str, Any]:
    """Return what is told of an address that somebody typed: never itself.

    People type their password there. Of an account its person is told; of anything
    else a keyed hash, which shows the same text tried again, and which nobody who reads
    the log can turn back by trying passwords.
    """
    if person is not None:
        return about(person)
    digest = salted_hmac(
        "inventory_site.security", text.strip().lower(), algorithm="sha256"
    ).hexdigest()
    return {"address_hash": digest[:HANDLE_LENGTH]}


def plain(value: Any) -> Any:
    """Return a fact as JSON has it, with an end to its length."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        named = [(str(name), part) for name, part in value.items()][:MOST_PARTS]
        return {
            name[:LONGEST_TEXT]: "…" if SECRET_NAME.search(name) else plain(part)
            for name, part in named
        }
    if isinstance(value, set | frozenset):
        value = sorted(value, key=str)
    if isinstance(value, list | tuple):
        more = len(value) - MOST_PARTS
        told = [plain(part) for part in value[:MOST_PARTS]]
        return [*told, f"… {more} more"] if more > 0 else told
    text = str(value)
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _circumstances(who: Any) -> dict[str, Any]:
    request = current_request()
    if request is None:
        return _in_a_command(who)
    person = getattr(request, "user", None) if who is ASKING else who
    return {
        "request": current_id(),
        **_named(person),
        "client": client_of(request),
        "method": plain(request.method),
        **_page(getattr(request, "resolver_match", None)),
    }


def _named(person: Any) -> dict[str, Any]:
    try:
        pk = getattr(person, "pk", None)
        return {"user": pk, "name": plain(str(person)) if pk else ""}
    except DatabaseError:  # who it is can't be asked any more
        return {"user": None, "name": "?"}


def _page(match: Any) -> dict[str, Any]:
    """Return the page by its name: the address itself may hold a token."""
    if match is None:
        return {"via": "site", "page": ""}
    name = match.view_name or match.url_name or ""
    numbers = {
        part: int(value)
        for part, value in match.kwargs.items()
        if part in {"pk", "object_id"} and re.fullmatch("[0-9]{1,18}", str(value))
    }
    return {"via": "admin" if name.startswith("admin:") else "site", "page": name} | (
        {"of": next(iter(numbers.values()))} if numbers else {}
    )


def _in_a_command(who: Any) -> dict[str, Any]:
    operator = {"user": None, "name": _operator()}
    return {
        "request": current_id(),
        **(operator if who is ASKING or who is None else _named(who)),
        "client": "",
        "via": "command",
        "page": plain(sys.argv[1] if len(sys.argv) > 1 else sys.argv[0]),
    }


def _operator() -> str:
    """Return the name of who runs the program on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        return "?"
