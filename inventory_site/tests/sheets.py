"""What a style sheet says, rule by rule."""

from pathlib import Path

from inventory_site.styles import COMMA, REMARK, blocks


def rules(path: Path) -> set[tuple[str, str, str]]:
    """Return every rule of a sheet: its media, one selector, what it says."""
    found: set[tuple[str, str, str]] = set()
    text = path.read_text().split("*/", 1)[1]  # the licence
    for head, inside in blocks(REMARK.sub("", text)):
        is_media = head.strip().startswith("@media")
        for selectors, said in blocks(inside) if is_media else [(head, inside)]:
            media = head.strip() if is_media else ""
            found |= {(media, one.strip(), said) for one in COMMA.split(selectors)}
    return found
