"""How WooCommerce writes its product CSV: headers, lists in cells, escaped names.

Shared by `importing.woocommerce`, which reads it, and `exporting.woocommerce`, which
writes it; docs/import-format.md describes it.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import count

from products.tabular.columns import normalise
from products.tabular.writing import FORMULA_MARKS, escape_formula, unescape_formula

OPTIONS = 3  # a group of ours has no more
GRAMS = {
    "g": Decimal(1),
    "kg": Decimal(1000),
    "lbs": Decimal("453.59237"),
    "oz": Decimal("28.349523125"),
}
"""What one of the unit in the header of the weight is in grams."""

COMMA = re.compile(r"(?<!\\),")
ENTITY = re.compile("&(amp|gt|#92);")
ENTITIES = {"amp": "&", "gt": ">", "#92": "\\"}
LINE_BREAK = re.compile(r"(\\+)n")
MARKS = tuple(FORMULA_MARKS)
NAME_LENGTH = 50  # leaves room for a number within the 60 of an option's name


def split_list(text: str) -> list[str]:
    r"""Return the entries of a comma list; a comma inside an entry is `\,`."""
    entries = (part.replace(r"\,", ",").strip() for part in COMMA.split(text))
    return [entry for entry in entries if entry]


def join_list(entries: Iterable[str]) -> str:
    """Return the text that `split_list` makes `entries` of."""
    return ", ".join(entry.replace(",", r"\,") for entry in entries)


def encode_name(name: str) -> str:
    r"""Return `name` for lists and paths, where `>` and a `\` at the end mean more.

    As HTML, because WooCommerce takes names so; `decode_name` undoes it.
    """
    text = ENTITY.sub(r"&amp;\1;", name).replace(">", "&gt;")
    return f"{text[:-1]}&#92;" if text.endswith("\\") else text


def decode_name(text: str) -> str:
    """Return the name that was given to `encode_name`."""
    return ENTITY.sub(lambda found: ENTITIES[found[1]], text)


def join_path(names: Iterable[str]) -> str:
    """Return a category path, ready for a list: "Kitchen > Mugs"."""
    return " > ".join(encode_name(name) for name in names)


def split_path(text: str) -> tuple[str, ...]:
    """Return the names of one path of a list."""
    names = (decode_name(part.strip()) for part in text.split(">"))
    return tuple(name for name in names if name)


def escape_code(code: str) -> str:
    """Return a SKU that is safe in a spreadsheet; `unescape_code` undoes it."""
    safe = escape_formula(code)
    return f"{safe}'" if code.startswith(MARKS) and code.endswith("'") else safe


def half_escaped(text: str) -> str:
    """Return an escaped code with one apostrophe in front, and none at its end.

    Older versions put one at both ends.
    """
    both = text.startswith("'") and text[1:].startswith(MARKS) and text.endswith("'")
    return text[:-1] if both else text


def unescape_code(text: str) -> str:
    """Return a SKU without the apostrophes that keep spreadsheets from running it."""
    return unescape_formula(half_escaped(text))


def read_breaks(text: str) -> str:
    r"""Return a description whose line breaks may be the two characters `\n`.

    More backslashes in front of an `n` are a text that has one fewer.
    """
    return LINE_BREAK.sub(
        lambda found: "\n" if len(found[1]) == 1 else f"{found[1][1:]}n", text
    )


def write_breaks(text: str) -> str:
    r"""Return `text` so that `read_breaks` makes no line break of a `\n` in it.

    Line breaks stay as they are: after a backslash, two characters would be taken for
    text.
    """
    return LINE_BREAK.sub(r"\\\1n", text)


def attribute_key(name: str) -> str:
    """Return what two names of an attribute share when they are the same."""
    return normalise("".join(char if char.isprintable() else " " for char in name))


def attribute_names(option_names: Sequence[str]) -> list[str]:
    """Return `option_names` with none of them blank and none of them twice.

    WooCommerce passes over an attribute without a name.
    """
    names: list[str] = []
    taken = {attribute_key(name) for name in option_names}
    for number, name in enumerate(option_names, start=1):
        is_there = attribute_key(name) in map(attribute_key, names)
        if is_there or not attribute_key(name):
            start = name.strip()[:NAME_LENGTH] or "Option"
            free = (f"{start} {n}" for n in count(number))
            names.append(next(one for one in free if attribute_key(one) not in taken))
            taken.add(attribute_key(names[-1]))
        else:
            names.append(name)
    return names
