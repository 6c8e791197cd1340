"""Field types and validators of the catalogue: codes, keys, search text, barcodes.

Codes compare byte by byte on every database. MariaDB's default collation ignores
case, accents and trailing blanks, and SQLite's `lower` knows ASCII only, so equality
of codes is decided by a key that Python folds and the database stores.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _
from stdnum import ean

KEY_LENGTH = 255
SKU_LENGTH = 100
WORD_LENGTH = 80  # what is searched of a word; MariaDB indexes no more than 84
WORDS_LENGTH = 480  # characters of a product's search text
WORDS_BYTES = 1_600
"""With the longest name they fit an entry of an index: 3,072 bytes on MariaDB, 2,704
on PostgreSQL."""
GTIN_LENGTHS = (8, 12, 13, 14)
UPC_E_LENGTH = 8
KEY_DIGITS = 18  # what every database takes for the key of a row

PART = re.compile(r"\w+")


def fold_key(text: str) -> str:
    """Return what two codes must share to be the same code.

    Trimmed, NFKC, casefolded: "Mug-1 " and "ＭＵＧ-1" are one SKU.
    """
    return unicodedata.normalize("NFKC", text.strip()).casefold().strip()


def fold_words(text: str) -> str:
    """Return `text` without case and accents, single spaces between its words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())


def search_words(text: str) -> list[str]:
    """Return the folded words to look for, none twice.

    Signs beside words mean nothing: "mug - blue" looks for "mug" and "blue".
    """
    words = dict.fromkeys(word[:WORD_LENGTH] for word in fold_words(text).split())
    return [word for word in words if PART.search(word)] or list(words)


def search_text(*texts: str | None) -> str:
    """Return the folded words of `texts`, each after a blank, for prefix search.

    "MUG-STW" is found as a whole and by each of its parts, so the parts follow the
    whole. A search for the word prefix "stw" is `contains " stw"`. What goes beyond
    WORDS_LENGTH or WORDS_BYTES is left out, the last words first.
    """
    words: dict[str, None] = {}
    for text in texts:
        for word in fold_words(text or "").split():
            words[word[:WORD_LENGTH]] = None
            if not word.isalnum():
                words.update((part[:WORD_LENGTH], None) for part in PART.findall(word))
    found = "".join(f" {word}" for word in words)
    while len(found) > WORDS_LENGTH or len(found.encode()) > WORDS_BYTES:
        found = found.rpartition(" ")[0]
    return found


def is_storable(text: str) -> bool:
    """Say whether every database can be asked for `text`.

    PostgreSQL takes neither a null character nor half a surrogate pair; no code of
    ours has a control character.
    """
    return not any(unicodedata.category(char) in {"Cc", "Cs"} for char in text)


def is_number(text: str, digits: int = KEY_DIGITS) -> bool:
    """Say whether `text` is a number: of ASCII digits, `digits` of them at most."""
    return text.isascii() and text.isdigit() and len(text) <= digits


def validate_sku(value: str) -> None:
    """Refuse control characters and codes whose key outgrows its column."""
    # All that is printable has none; to ask for each character takes long.
    if not value.isprintable() and any(
        unicodedata.category(char) == "Cc" for char in value
    ):
        raise ValidationError(
            _("A SKU can't contain line breaks, tabs or control characters."),
            code="control_characters",
        )
    key = fold_key(value)
    if not key:
        raise ValidationError(_("A SKU needs at least one character."), code="blank")
    if len(key) > KEY_LENGTH:
        raise ValidationError(_("This SKU is too long."), code="too_long")


def is_gtin(value: str) -> bool:
    """Say whether `value` has the form of a GTIN: 8, 12, 13 or 14 ASCII digits."""
    return value.isascii() and value.isdigit() and len(value) in GTIN_LENGTHS


def validate_barcode(value: str) -> None:
    """Accept any code; one that looks like a GTIN must have the right check digit.

    GS1 General Specifications, section 7.9: the last digit completes the weighted
    sum of the others to a multiple of ten.
    """
    if any(char.isspace() or unicodedata.category(char) == "Cc" for char in value):
        raise ValidationError(
            _("A barcode can't contain blanks or line breaks."), code="blanks"
        )
    if is_gtin(value):
        right = ean.calc_check_digit(value[:-1])
        if value[-1] != right:
            raise ValidationError(
                _(
                    "The last digit should be %(right)s, not %(wrong)s."
                    " Scan it again, or check the label."
                ),
                code="check_digit",
                params={"right": right, "wrong": value[-1]},
            )


def same_gtins(code: str) -> list[str]:
    """Return how else `code` may be stored, likeliest first; without `code` itself.

    Zeros in front change no GTIN: UPC-A 012345678905 is EAN-13 0012345678905. Eight
    digits may also be a UPC-E. Empty for what has not the form of a GTIN.
    """
    if not is_gtin(code):
        return []
    forms = [
        whole.zfill(14)[-length:]
        for whole in (code, _expand_upc_e(code))
        for length in (13, 12, 14, 8)
        if whole and int(whole) < 10**length
    ]
    # The only UPC-E whose check digit is also right for eight digits, so the only ones
    # that may be stored short.
    short = re.fullmatch(r"00([01]\d{5})0000([5-9]\d)", code.zfill(14))
    if short:
        forms.append(short[1] + short[2])
    return [form for form in dict.fromkeys(forms) if form != code]


def barcode_of(code: str) -> str:
    """Return what to store for a scanned `code`: a UPC-E written out, others as read.

    Left as read where the eight digits may just as well be an EAN-8.
    """
    is_right = not is_gtin(code) or ean.calc_check_digit(code[:-1]) == code[-1]
    return code if is_right else _expand_upc_e(code) or code


def _expand_upc_e(code: str) -> str:
    """Return the UPC-A that eight digits of a UPC-E shorten; "" if they are none.

    GS1 General Specifications, section 5.2.2.4: the last digit before the check digit
    says where zeros were left out.
    """
    if len(code) != UPC_E_LENGTH:
        return ""
    system, body, how, check = code[0], code[1:6], code[6], code[7]
    if how in "012":
        number = body[:2] + how + "0000" + body[2:]
    elif how == "3":
        number = body[:3] + "00000" + body[3:]
    elif how == "4":
        number = body[:4] + "00000" + body[4]
    else:
        number = body + "0000" + how
    whole = system + number + check
    is_one = system in "01" and ean.calc_check_digit(whole[:-1]) == check
    return whole if is_one else ""


class CodeField(models.CharField):
    """Text that compares byte by byte on every database."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "mysql":
            parameters["collation"] = "utf8mb4_bin"
        return parameters


class DerivedField(models.Field):
    """Mixin: the value is computed from the instance whenever the column is saved.

    `derive` is a function of the instance; migrations don't need it and don't get it.
    `reads` names the relations it looks at, which whoever saves many fetches at once.
    """

    def __init__(
        self,
        *args: Any,
        derive: Callable[[Any], str] | None = None,
        reads: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        self.derive, self.reads = derive, reads
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001  (Django's signature)
        if self.derive is not None:
            setattr(model_instance, self.attname, self.derive(model_instance))
        return super().pre_save(model_instance, add)


class KeyField(DerivedField, CodeField):
    """A unique key folded from other columns, filled on every save of the column.

    `source` names the field that a person mends when the key is taken.
    """

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        self.source = source
        kwargs.setdefault("max_length", KEY_LENGTH)
        super().__init__(*args, **kwargs)


class SearchTextField(DerivedField, models.TextField):
    """The folded words of a row; see `search_text`.

    Of a length on MariaDB, which takes no unbounded text into an index.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        if connection.vendor == "mysql":
            return f"varchar({WORDS_LENGTH})"
        return super().db_type(connection)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "mysql":
            parameters["collation"] = "utf8mb4_bin"
        return parameters
