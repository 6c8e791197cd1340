"""Asking the index of words (see `word_index`) for the products that have them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from django.db import connection
from django.db.models import BigIntegerField, Func, Value

from products.fields import PART

TABLE = "products_search"
# Lengths of prefixes that FTS5 has an index of (see `word_index`).
PREFIXES = (1, 2, 3, 4, 5, 6, 8)
# FTS5's ASCII tokenizer: all but ASCII's signs and blanks belongs to a word.
_FTS5_PART = re.compile(r"[0-9a-z\u0080-\U0010ffff]+")
ENDS = 3  # letters, which are a trigram
LONG = 2 * ENDS
# InnoDB has each two words of a product that begin like this as one (see `word_index`).
_BEGINNING = re.compile(f"[a-z]{{{ENDS}}}")
_LIKELY = re.compile("[a-z]{1,2}|[0-9]")  # to be in every product: a unit, a digit
IN_INNODB = "MATCH (words) AGAINST (%s IN BOOLEAN MODE)"


class IdsWith(Func):
    """The ids a subquery finds, for `pk__in`."""

    output_field = BigIntegerField()


def ids_with(words: Sequence[str]) -> IdsWith | None:
    """Return the ids of the products that have all `words`, and perhaps of others.

    `words` are of `search_words`. Whoever asks compares the products' own text too:
    "mug-stw" is looked up as "mug" and "stw". None where the index knows no part of
    any of them.
    """
    return _LOOKUPS[connection.vendor](words)


def _fts5(words: Sequence[str]) -> IdsWith | None:
    parts = [part for word in words for part in _FTS5_PART.findall(word)]
    if not parts:
        return None
    if len(parts) > 1:
        parts = [_indexed_beginning(part) for part in parts]
    return IdsWith(
        Value(" AND ".join(f'"{part}" *' for part in parts)),
        template="(SELECT rowid FROM products_search"
        " WHERE products_search MATCH %(expressions)s)",
    )


def _indexed_beginning(part: str) -> str:
    """Return the longest beginning of a word that has an index.

    Without one FTS5 collects all products of the word before it meets the other words
    with it: 15 ms where the word is common. One with digits stays whole: it is rare,
    and what it begins with may be in every SKU.
    """
    if not part.isalpha():
        return part
    return part[: max(length for length in PREFIXES if length <= len(part))]


def _trigrams(words: Sequence[str]) -> IdsWith | None:
    if not any(map(PART.search, words)):
        return None
    return IdsWith(
        *(Value(_like(word)) for word in words),
        template="(SELECT product_id FROM products_search"
        " WHERE words LIKE %(expressions)s)",
        arg_joiner=" AND words LIKE ",
    )


def _like(word: str) -> str:
    """Return a pattern of the word with few trigrams, each a list to be read.

    Of three letters and more also inside others: "a word that begins with b" is half
    the products. Of a long word its ends: the lists between them are about as long.
    Not of one with digits: the ends of a number are common, all of it rare.
    """
    is_plain = word.isascii() and word.isalnum()  # no sign parts it for PostgreSQL
    if is_plain and word.isalpha() and len(word) >= LONG:
        return f"%{word[:ENDS]}%{word[-ENDS:]}%"
    escaped = re.sub(r"([\\%_])", r"\\\1", word)
    is_inside = len(word) > ENDS or (is_plain and len(word) == ENDS)
    return f"%{escaped}%" if is_inside else f"% {escaped}%"


def _innodb(words: Sequence[str]) -> IdsWith | None:
    # InnoDB's idea of a word is Python's: letters, digits and "_".
    parts = [part for word in words for part in PART.findall(word)]
    if not parts:
        return None
    parts.sort(key=_looks_rare, reverse=True)
    asked = _pairs(parts) + [f"zz{part}*" for part in _beside_pairs(parts)]
    return IdsWith(
        Value(" ".join(f"+{it}" for it in asked)),
        template="(SELECT product_id FROM products_search"
        " WHERE MATCH (words) AGAINST (%(expressions)s IN BOOLEAN MODE))",
    )


def _pairs(parts: list[str]) -> list[str]:
    """Return how each word begins with how the next one does, as one word.

    Two words have few products together; each alone may have a tenth of all, which
    InnoDB would go through: 70 ms for three of them among a million, by pairs 7.
    """
    begin = dict.fromkeys(part[:ENDS] for part in parts if _BEGINNING.match(part))
    return ["yy" + "".join(sorted(two)) for two in pairwise(begin)]


def _beside_pairs(parts: list[str]) -> list[str]:
    """Return the words that say more than the pairs there are: long and rare ones."""
    if not _pairs(parts):
        return parts
    return [
        part
        for part in parts
        if len(part) >= LONG or not (_BEGINNING.match(part) or _LIKELY.fullmatch(part))
    ]


def _looks_rare(part: str) -> tuple[bool, int]:
    """Return what sorts a rare word behind a common one, most likely.

    InnoDB reads the products of each word as they are given, and stops where none is
    left: "xylophone cm" takes 0.3 ms among a million, "cm xylophone" 700.
    """
    return (not part.isalpha(), len(part))


_LOOKUPS = {"sqlite": _fts5, "postgresql": _trigrams, "mysql": _innodb}
