"""Where somebody is signed in, and ending it there.

allauth keeps a row beside each session: device, address, since when, last seen.
"""

from datetime import datetime
from typing import Final

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User

MOST_SESSIONS: Final = 50  # more devices than anybody has


def sessions_of(person: User) -> list[UserSession]:
    """Return the open sessions, the last seen first; rows of ended ones are removed.

    A query for each session: people have a few.
    """
    found: list[UserSession] = UserSession.objects.purge_and_list(person)
    return sorted(found, key=lambda session: session.last_seen_at, reverse=True)


def is_session(*, pk: int, session_key: str) -> bool:
    """Tell whether the session of that number is the one with that key."""
    return bool(UserSession.objects.filter(pk=pk, session_key=session_key).exists())


def end_session(*, person: User, pk: int) -> bool:
    """End one session of `person` at once; False when there is none of that number."""
    session = UserSession.objects.filter(user=person, pk=pk).first()
    if session is None:
        return False
    session.end()
    return True


def end_other_sessions(*, person: User, session_key: str) -> int:
    """End every session of `person` but this one; return how many were open."""
    others = [
        session for session in sessions_of(person) if session.session_key != session_key
    ]
    for session in others:
        session.end()
    return len(others)


def end_oldest_sessions(*, person: User) -> None:
    """Make room for one more: each sign-in looks at all sessions of the person.

    A program that signs in every few minutes and never out would have thousands.
    """
    known = UserSession.objects.filter(user=person).order_by("-last_seen_at", "-pk")
    for session in known[MOST_SESSIONS - 1 :]:
        session.end()


def renew_session_key(*, session: SessionBase) -> None:
    """Give a session another key, with all that is in it; the old one opens nothing.

    Whoever has got hold of the old key is not proven along with its owner.
    """
    before = session.session_key
    session.cycle_key()
    UserSession.objects.filter(session_key=before).update(
        session_key=session.session_key
    )


def note_seen(*, session_key: str, at: datetime, ip: str, user_agent: str) -> None:
    """Write down that a session was used, and from where. One query."""
    length = UserSession._meta.get_field("user_agent").max_length
    UserSession.objects.filter(session_key=session_key).update(
        last_seen_at=at, ip=ip, user_agent=user_agent[:length]
    )
