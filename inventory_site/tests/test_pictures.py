"""The pictures in docs/, as `make pictures` has left them."""

import re

from inventory_site.showing.pictures import DOCS, FOLDER, LOOKS, MOST, shots
from inventory_site.tests.sources import ROOT


def test_every_picture_is_there_and_shown() -> None:
    shown = re.findall(r"\((pictures/[^)]+)\)", (DOCS / "pictures.md").read_text())
    there = {f"pictures/{path.name}" for path in FOLDER.iterdir()}
    assert set(shown) == there
    assert {f"pictures/{shot.name}.webp" for shot in shots()} < there
    assert len(there) % len(LOOKS) == 0


def test_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= MOST


def test_readme_shows_one() -> None:
    [picture] = re.findall(
        r"!\[[^]]+\]\((docs/[^)]+)\)", (ROOT / "README.md").read_text()
    )
    assert (ROOT / picture).exists()
