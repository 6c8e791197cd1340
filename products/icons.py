"""The icons of the vendored font: their names, and the characters they are drawn by."""

import re
from functools import cache
from pathlib import Path

ICONS = Path(__file__).resolve().parents[1] / "static/vendor/bootstrap-icons-1.13.2"
RULE = re.compile(r'\.bi-([a-z0-9-]+)::before\{content:"\\([0-9a-f]+)"\}')


@cache
def code_points() -> dict[str, str]:
    """Return the code point of each icon there is, as a hexadecimal number."""
    return dict(RULE.findall((ICONS / "bootstrap-icons.min.css").read_text()))


def icon_sign(name: str | None) -> str:
    """Return the character of an icon; nothing where there is none of that name."""
    point = code_points().get(name or "")
    return chr(int(point, 16)) if point else ""
