"""Starting an operation: who, from where, why, and exactly once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError
from django.utils import timezone

from products.errors import KeyReused
from products.models import Operation
from products.services.inserting import insert_rows, insert_unless_taken
from products.services.rows import fetch, make

_encode = json.JSONEncoder(sort_keys=True, default=str).encode


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts and through which door; `label` is the name kept for all time."""

    label: str
    source: Operation.Source
    user: AbstractBaseUser | None = None

    @classmethod
    def for_user(cls, user: Any, source: Operation.Source) -> "Author":
        """Return the author behind a signed-in person of the site or the admin."""
        return cls(label=str(user)[:150], source=source, user=user)

    @classmethod
    def for_command(cls, name: str) -> "Author":
        """Return the author behind `manage.py name`."""
        return cls(label=f"manage.py {name}"[:150], source=Operation.Source.COMMAND)


@dataclass(frozen=True, slots=True)
class Once:
    """An idempotency key and the request it stands for."""

    key: str
    request: Mapping[str, Any]

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(_encode(self.request).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything about an operation but what it changes.

    `now` is the moment of recording and `effective_at` the business date; both are
    the real time unless a demo or a late entry says otherwise.
    """

    author: Author
    reason: str = ""
    reference: str = ""
    once: Once | None = None
    now: datetime | None = None
    effective_at: datetime | None = None


def find_repeated(once: Once | None) -> Operation | None:
    """Return the operation that this request made before, if it did; one query.

    Raises KeyReused when the key belongs to another request.
    """
    if once is None:
        return None
    found = fetch(Operation, "WHERE idempotency_key = %s", [once.key])
    if found and found[0].request_hash != once.fingerprint:
        raise KeyReused(once.key)
    return found[0] if found else None


def start_operation(
    kind: Operation.Kind,
    circumstances: Circumstances,
    *,
    reverses: Operation | None = None,
) -> tuple[Operation, bool]:
    """Return the operation and whether it is new; inside the caller's transaction.

    With a known idempotency key the first operation comes back and the caller posts
    nothing. Two requests with one key at once: the second waits for the unique index
    and gets the first one's operation. Raises KeyReused.
    """
    once, author = circumstances.once, circumstances.author
    operation = make(
        Operation,
        {
            "id": None,
            "kind": kind,
            "actor_id": author.user.pk if author.user else None,
            "actor_label": author.label,
            "source": author.source,
            "reason": circumstances.reason,
            "reference": circumstances.reference,
            "created_at": circumstances.now or timezone.now(),
            "idempotency_key": once.key if once else None,
            "request_hash": once.fingerprint if once else "",
            "reverses_id": reverses.pk if reverses else None,
        },
    )
    if once is None:
        insert_rows([operation])
    elif not insert_unless_taken(operation, "idempotency_key"):
        known = find_repeated(once)
        if known is None:
            raise IntegrityError(once.key)
        return known, False
    return operation, True
