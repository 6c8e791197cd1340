"""Each key that a script listens to is on the list of shortcuts."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from inventory_site.tests.sources import ROOT

pytestmark = pytest.mark.django_db

COMPARED = re.compile(r"""\.key [!=]== "([^"]+)\"""")
SHIFT = re.compile(r"=.*\bshiftKey\b|if \(event\.shiftKey")
LISTENS = re.compile(r"""["']key(?:down|up|press)["']""")
# What the list says of each, by the script and the key.
SAID = {
    ("search.js", "/"): ("/", "Search products"),
    ("shortcuts.js", "?"): ("?", "These shortcuts"),
    ("shortcuts.js", "g"): ("g", "Go to “Dashboard”"),
    ("dialog.js", "Escape"): ("Esc", "Close the dialog or menu"),
    ("menus.js", "Escape"): ("Esc", "Close the dialog or menu"),
    ("selection.js", "Escape"): ("Esc", "Clears the selection"),
    ("selection.js", "Shift"): ("Shift", "Selects all from the last one ticked"),
    ("scanner.js", "Enter"): ("Enter", "Adds what you typed in the scan field"),
    ("counting.js", "Enter"): ("Enter", "from the shelf to the number"),
    ("counting.js", "ArrowUp"): ("↑", "One more or less"),
    ("counting.js", "ArrowDown"): ("↓", "One more or less"),
}
# Listens to all of them, to tell a scanner or a hand.
TO_NONE = {"document.js"}


def keys() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "static/js").glob("*.js")):
        text = path.read_text()
        found = {(path.name, key) for key in COMPARED.findall(text)}
        if SHIFT.search(text) and "shiftKey || event.button" not in text:
            found.add((path.name, "Shift"))
        if LISTENS.search(text):
            assert found or path.name in TO_NONE, path.name
        yield from found


def test_each_key_has_its_words() -> None:
    assert set(keys()) == SAID.keys()


def test_the_list_says_them(client: Client, admin: User) -> None:
    client.force_login(admin)
    page = client.get(reverse("shortcut_list")).text
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    for key, words in SAID.values():
        assert any(f"<kbd>{key}</kbd>" in dt and words in dd for dt, dd in rows), key


def test_who_can_select_nothing_is_told_nothing_of_it(
    client: Client, regular: User
) -> None:
    client.force_login(regular)
    assert "Clears the selection" not in client.get(reverse("shortcut_list")).text
