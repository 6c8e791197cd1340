"""Random tokens in links: mailed or handed over, and kept only as a hash."""

import hashlib
from typing import Final

TOKEN_BYTES: Final = 32  # 256 bits: not to be guessed, so links need no throttle


def hash_token(token: str) -> str:
    """Return what is stored. A plain hash is enough: there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()
