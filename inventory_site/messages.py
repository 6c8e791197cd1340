"""The catalogues of the languages: `make messages`.

Finds the texts of the code with xgettext, brings each language's django.po up to date
and compiles it, so that a clone needs no gettext. What a language lacks is left empty
and no translation is guessed; a test names both. docs/translating.md says how to write.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = Path(__file__).resolve().parent / "locale"
LANGUAGES = ("de",)
SOURCES = ("templates", "accounts", "products", "inventory_site")
# What nobody reads in another language, and what isn't ours.
LEFT_OUT = ("tests", "benchmarks", "migrations", "locale", "__pycache__", "*.pyc")
HEADER = """\
# What the site says, in another language. Written by people, kept in order by
# `make messages`; see docs/translating.md.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

# In the compiled file, which names a day: the same texts make the same bytes.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)

Key = tuple[str | None, str]


def key_of(message: Message) -> Key:
    """Return what a translation is found by: its context and its (singular) text."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, text


def messages_of(catalog: Catalog) -> dict[Key, Message]:
    return {key_of(message): message for message in catalog if message.id}


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def texts_of_the_code() -> Catalog:
    """Return every text that the code marks; needs xgettext.

    Looks in a copy: Django writes a file beside each template while it looks.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            ignore = shutil.ignore_patterns(*LEFT_OUT)
            shutil.copytree(ROOT / name, copy / name, ignore=ignore)
        (copy / "locale").mkdir()
        command = (
            *(sys.executable, "-m", "django", "makemessages", "--locale", "de"),
            *("--add-location", "file", "--no-wrap", "--verbosity", "0"),
        )
        # No settings: the copy has no project that could run.
        rest = {
            name: said for name, said in os.environ.items() if "SETTINGS" not in name
        }
        subprocess.run(  # noqa: S603 - our own words
            command, cwd=copy, env=rest, check=True, capture_output=True
        )
        return read(copy / "locale" / "de" / "LC_MESSAGES" / "django.po")


def translated(found: Catalog, known: Catalog) -> Catalog:
    """Return the texts `found` in the code with the translations `known` for them."""
    catalog = Catalog(locale=known.locale)
    old = messages_of(known)
    for key, message in sorted(messages_of(found).items(), key=_place):
        translation = old[key].string if key in old else ""
        if isinstance(message.id, tuple) and isinstance(translation, str):
            translation = (translation, "")
        if isinstance(message.id, str) and isinstance(translation, tuple):
            translation = translation[0]
        catalog.add(
            message.id,
            translation,
            locations=[(path, None) for path, _line in message.locations],
            flags=message.flags - {"fuzzy"},
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return catalog


def _place(entry: tuple[Key, Message]) -> tuple[object, ...]:
    """Order by file and text, so that two who add texts seldom meet on one line."""
    (context, text), message = entry
    return (min(message.locations, default=("", 0))[0], text, context or "")


def write(catalog: Catalog, language: str) -> None:
    """Write both forms of a catalogue; the same texts make the same bytes."""
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    body = BytesIO()
    write_po(body, catalog, width=0, omit_header=True, include_lineno=False)
    text = HEADER.format(language=language) + body.getvalue().decode()
    path.write_text(text, encoding="utf-8")
    path.with_suffix(".mo").write_bytes(compiled(read(path)))


def compiled(catalog: Catalog) -> bytes:
    """Return what gettext reads of a catalogue; what isn't translated isn't in it."""
    whole = Catalog(locale=catalog.locale, creation_date=NEVER, revision_date=NEVER)
    for message in catalog:
        if message.id and is_whole(message):
            whole.add(message.id, message.string, context=message.context)
    made = BytesIO()
    write_mo(made, whole)
    return made.getvalue()


def is_whole(message: Message) -> bool:
    """Tell whether a text is translated, in all its forms and not by a guess."""
    texts = [message.string] if isinstance(message.string, str) else message.string
    return all(texts) and not message.fuzzy


def main() -> None:
    found = texts_of_the_code()
    for language in LANGUAGES:
        path = po_path(language)
        known = read(path) if path.exists() else Catalog(locale=language)
        write(translated(found, known), language)


if __name__ == "__main__":
    main()
