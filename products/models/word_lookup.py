"""Asking the index of words (see `word_index`) for the products that have them."""

import re
from collections.abc import Sequence

from django.db import connection
from django.db.models import BigIntegerField, Func, Value

from products.fields import PART

# FTS5's ASCII tokenizer: all but ASCII's signs and blanks belongs to a word.
_FTS5_PART = re.compile(r"[0-9a-z\u0080-\U0010ffff]+")
LONG = 4  # letters; they have two trigrams without the blank before them
_INNODB_PART = re.compile(r"[^\W_]+")


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
    return IdsWith(
        Value(" AND ".join(f'"{part}" *' for part in parts)),
        template="(SELECT rowid FROM products_search"
        " WHERE products_search MATCH %(expressions)s)",
    )


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
    """Return the pattern of a word; of a long one also inside others.

    "A word that begins with b" is half the products: to read their list for each word
    takes three times as long as to find what "bowl" stands in.
    """
    escaped = re.sub(r"([\\%_])", r"\\\1", word)
    return f"%{escaped}%" if len(word) >= LONG else f"% {escaped}%"


def _innodb(words: Sequence[str]) -> IdsWith | None:
    parts = [part for word in words for part in _INNODB_PART.findall(word)]
    if not parts:
        return None
    return IdsWith(
        Value(" ".join(f"+zz{part}*" for part in parts)),
        template="(SELECT product_id FROM products_search"
        " WHERE MATCH (words) AGAINST (%(expressions)s IN BOOLEAN MODE))",
    )


_LOOKUPS = {"sqlite": _fts5, "postgresql": _trigrams, "mysql": _innodb}
