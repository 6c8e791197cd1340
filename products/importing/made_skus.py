"""A SKU for a variant that has none in its file, the same on every run."""

import hashlib
import re
from collections.abc import Sequence

from products.models import Product

LENGTH = Product._meta.get_field("sku").max_length or 100
DIGEST = 8


def make_sku(handle: str, options: Sequence[str]) -> str:
    """Return handle and options in upper case, joined by dashes: "CLAY-POT-LARGE".

    Too long, it is cut and ends in a digest of the whole, so that two long ones stay
    different.
    """
    whole = "-".join(part for part in (handle, *options) if part)
    sku = re.sub(r"[\W_]+", "-", whole.upper()).strip("-")
    if sku and len(sku) <= LENGTH:
        return sku
    digest = hashlib.sha256(whole.encode()).hexdigest()[:DIGEST].upper()
    return f"{sku[: LENGTH - DIGEST - 1]}-{digest}".strip("-")
