"""What the mails about low stock said last, so that none says it twice."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from products.models import Digest

State = tuple[int, int, int, int, int]
"""Product, location (0 is the whole shop), available, on the way, suggested."""


def fingerprint_of(states: Iterable[State]) -> str:
    """Return the SHA-256 of a list of what is low, whatever its order."""
    text = json.dumps(sorted(states), separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def last_digest(recipients: Sequence[str]) -> Digest | None:
    """Return the last mail to exactly these people; one query."""
    mails = Digest.objects.filter(recipients=_written(recipients))
    return mails.order_by("-pk").first()


def record_digest(
    *, recipients: Sequence[str], fingerprint: str, head: str, product_count: int
) -> Digest:
    """Remember that a mail went out; one statement.

    Called after sending: killed in between, the next run mails once more, and nobody
    misses anything.
    """
    return Digest.objects.create(
        recipients=_written(recipients),
        fingerprint=fingerprint,
        head=head,
        product_count=product_count,
    )


def _written(recipients: Sequence[str]) -> str:
    return ", ".join(sorted({address.lower() for address in recipients}))
