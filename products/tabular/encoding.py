"""Which bytes are these: text in one of three encodings, or no text at all.

The whole file is read once, in blocks, before a single line is parsed: whether it is
UTF-8 is only known at its last byte, and reading half of it as one encoding and half
as another is the one mistake nobody notices.
"""

import codecs
import hashlib
import io
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.tabular.problems import UnreadableFileError

BLOCK = 1 << 16
UTF_16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WORKBOOK = "xlsx"
WORKBOOK_MAGIC = b"PK\x03\x04"
NOT_IN_CP1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
ALL_BUT_NOT_IN_CP1252 = bytes(set(range(256)) - set(NOT_IN_CP1252))
MAGIC = (
    (b"PK\x05\x06", gettext_lazy("an empty ZIP archive")),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_lazy("an old Excel workbook (.xls), or one with a password"),
    ),
    (b"\x89PNG", gettext_lazy("a PNG picture")),
    (b"\xff\xd8\xff", gettext_lazy("a JPEG picture")),
    (b"GIF8", gettext_lazy("a GIF picture")),
    (b"RIFF", gettext_lazy("a WebP picture or a sound")),
    (b"%PDF", gettext_lazy("a PDF document")),
    (b"\x1f\x8b", gettext_lazy("a compressed file (.gz)")),
    (b"SQLite format 3", gettext_lazy("an SQLite database")),
)
MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<table")  # often called .xls
LABELS = {
    "utf-8": gettext_lazy("UTF-8"),
    "utf-8-sig": gettext_lazy("UTF-8 with BOM"),
    "utf-16": gettext_lazy("UTF-16"),
    "cp1252": gettext_lazy("Windows-1252"),
    WORKBOOK: gettext_lazy("XLSX"),
}


@dataclass(frozen=True)
class TextFile:
    """What the first reading of a file found.

    `encoding` is a key of LABELS: Python's name of the codec, or WORKBOOK for what may
    be one; `size` is in bytes; `sha256` is the hexadecimal hash of the bytes.
    """

    encoding: str
    size: int
    sha256: str


@dataclass
class _Probe:
    """The running answer to "is this UTF-8, or at least Windows-1252?"."""

    head: bytes
    size: int = 0
    is_utf_8: bool = True
    is_cp1252: bool = True
    has_nul: bool = False
    has_multibyte: bool = False
    decoder: codecs.IncrementalDecoder = field(
        default_factory=codecs.getincrementaldecoder("utf-8")
    )

    def feed(self, block: bytes) -> None:
        self.size += len(block)
        self.has_nul = self.has_nul or b"\0" in block
        if self.is_cp1252 and block.translate(None, ALL_BUT_NOT_IN_CP1252):
            self.is_cp1252 = False
        if self.is_utf_8:
            try:
                text = self.decoder.decode(block)
            except UnicodeDecodeError:
                self.is_utf_8 = False
            else:
                self.has_multibyte = self.has_multibyte or not text.isascii()

    def encoding(self) -> str:
        if self.head.startswith(WORKBOOK_MAGIC):
            return WORKBOOK
        if self.head.startswith(UTF_16_BOMS):
            return "utf-16"
        if self.has_nul:
            raise UnreadableFileError(_has_nul())
        has_bom = self.head.lstrip().startswith(codecs.BOM_UTF8)
        if self.is_utf_8 and not self.decoder.getstate()[0]:
            return "utf-8-sig" if has_bom else "utf-8"
        if has_bom or (self.is_utf_8 and self.has_multibyte):
            raise UnreadableFileError(_damaged_utf_8(at_end=self.is_utf_8))
        if self.is_cp1252:
            return "cp1252"
        raise UnreadableFileError(_not_text())


def survey_bytes(stream: BinaryIO, *, max_bytes: int) -> TextFile:
    """Read `stream` to its end and say how to decode it.

    The stream must be seekable and is left at its start. Memory is one block.
    Raises UnreadableFileError when the file is empty, longer than `max_bytes`, or no
    text in UTF-8, UTF-16 (with BOM) or Windows-1252, nor a workbook.
    """
    if stream.seek(0, io.SEEK_END) > max_bytes:
        raise UnreadableFileError(_too_big(max_bytes))
    stream.seek(0)
    digest = hashlib.sha256()
    block = stream.read(BLOCK)
    _refuse_other_files(block)
    probe = _Probe(head=block[:BLOCK])
    while block:
        digest.update(block)
        probe.feed(block)
        block = stream.read(BLOCK)
    stream.seek(0)
    if not probe.size:
        raise UnreadableFileError(_("The file is empty."))
    return TextFile(probe.encoding(), probe.size, digest.hexdigest())


def open_text(stream: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """Return `stream` from its start as text with its line ends untouched.

    Detach the result instead of closing it: closing would close `stream` too.
    """
    stream.seek(0)
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    return io.TextIOWrapper(stream, encoding=codec, newline="")


def _refuse_other_files(head: bytes) -> None:
    kind = next((kind for magic, kind in MAGIC if head.startswith(magic)), None)
    if head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower().startswith(MARKUP):
        kind = gettext_lazy("a web page or another XML file")
    if kind:
        raise UnreadableFileError(
            _(
                "This is %(kind)s, not a table. Save the table as CSV (UTF-8) or .xlsx"
                " and take that file."
            )
            % {"kind": kind}
        )


def _not_text() -> str:
    return _(
        "This file is not text in UTF-8, UTF-16 or Windows-1252. Save the table as"
        " CSV (UTF-8) and take that file."
    )


def _has_nul() -> str:
    return _(
        "This file has NUL characters in it: it is not text, or UTF-16 without the mark"
        " at its start (BOM). Save the table as CSV (UTF-8) and take that file."
    )


def _damaged_utf_8(*, at_end: bool) -> str:
    if at_end:
        return _(
            "The file ends in the middle of a character: it was cut off on its way."
            " Export it again."
        )
    return _(
        "The file says that it is UTF-8, but parts of it are not. Export it again, or"
        " save it as CSV (UTF-8)."
    )


def _too_big(max_bytes: int) -> str:
    return _("The file is larger than %(limit)d MB. Split it into smaller ones.") % {
        "limit": max_bytes // 1_000_000
    }
