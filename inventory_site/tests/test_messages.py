"""The catalogues are whole: every text of the code, translated, with its places."""

import os
import re
import shutil
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings

from inventory_site import messages

LANGUAGES = pytest.mark.parametrize("language", messages.LANGUAGES)
PLACES = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def found() -> Catalog:
    """Every text of the code; without xgettext the test skips, or fails in CI."""
    if not shutil.which("xgettext"):
        if os.environ.get("CI"):
            pytest.fail("xgettext is missing: apt install gettext")
        pytest.skip("no xgettext on this machine (apt install gettext)")
    return messages.texts_of_the_code()


def forms(message: Message) -> list[tuple[str, str]]:
    """Return each form of a text with what it may be compared to."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return list(zip(message.id, message.string, strict=True))


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(f"{tag} {attrs}")

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"/{tag}")


def test_every_language_has_a_catalogue() -> None:
    others = {code for code, _name in settings.LANGUAGES} - {"en"}
    assert others == set(messages.LANGUAGES)


@LANGUAGES
def test_every_text_of_the_code_is_there_and_no_other(
    found: Catalog, language: str
) -> None:
    known = messages.messages_of(messages.read(messages.po_path(language)))
    missing = messages.messages_of(found).keys() ^ known.keys()
    assert not missing, "run `make messages` and translate what is new"


@LANGUAGES
def test_every_text_is_translated(language: str) -> None:
    known = messages.messages_of(messages.read(messages.po_path(language)))
    assert not [key for key, text in known.items() if not messages.is_whole(text)]


@LANGUAGES
def test_translations_keep_the_places_tags_and_ends(language: str) -> None:
    known = messages.messages_of(messages.read(messages.po_path(language)))
    wrong = [
        (ours, theirs)
        for message in known.values()
        for ours, theirs in forms(message)
        if not fits(ours, theirs, message)
    ]
    assert not wrong


def fits(ours: str, theirs: str, message: Message) -> bool:
    allowed = [sorted(PLACES.findall(ours))]
    if not isinstance(message.id, str):  # “a field” may be “%(count)d field” as well
        allowed.append(sorted(PLACES.findall(message.id[1])))
    return (
        sorted(PLACES.findall(theirs)) in allowed
        and Tags(ours).seen == Tags(theirs).seen
        and ours[:1].isspace() == theirs[:1].isspace()
        and ours[-1:].isspace() == theirs[-1:].isspace()
    )


@LANGUAGES
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    path = messages.po_path(language)
    compiled = messages.compiled(messages.read(path))
    assert path.with_suffix(".mo").read_bytes() == compiled, "run `make messages`"


def test_new_text_is_left_empty_and_a_gone_one_goes() -> None:
    found, known = Catalog(locale="de"), Catalog(locale="de")
    for catalog, text in ((found, "New"), (found, "Kept"), (known, "Gone")):
        catalog.add(text)
    known.add("Kept", "Behalten")
    known.add("Newt", "Molch")  # alike is not the same
    merged = messages.messages_of(messages.translated(found, known))
    assert {key[1]: text.string for key, text in merged.items()} == {
        "New": "",
        "Kept": "Behalten",
    }


def test_half_a_plural_is_not_compiled() -> None:
    catalog = Catalog(locale="de")
    catalog.add(("%(n)s box", "%(n)s boxes"), ("%(n)s Kiste", ""))
    catalog.add("Whole", "Ganz")
    compiled = messages.compiled(catalog)
    assert b"Ganz" in compiled
    assert b"Kiste" not in compiled
