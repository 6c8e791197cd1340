"""The ZIP that a workbook is, opened without trusting what it says of itself.

What a part unpacks to is declared in the directory at the end of the file, and the
reader never takes more than that from it. So a bomb is known by its directory, before
anything is unpacked. DTDs, where XML bombs live, are refused where they start.
"""

import io
import os
import posixpath
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from products.tabular.encoding import BLOCK, UTF_16_BOMS
from products.tabular.problems import UnreadableFileError

DIRECTORY_LIMIT = 2_000_000  # bytes: some 20,000 parts; a workbook has a few dozen
MAX_TOKEN = 4_000_000  # bytes of one tag or comment
MAX_RATIO = 100  # sheets shrink to a tenth, seldom to a thirtieth
UNPACKED_FREELY = 10_000_000  # bytes, whatever the ratio: no bomb is that small
ENCRYPTED = 0x1
DAMAGE = (
    *(BadZipFile, zlib.error, EOFError, expat.ExpatError, struct.error),
    *(ValueError, NotImplementedError, RuntimeError, OverflowError),
)

Attributes = dict[str, str]
StartHandler = Callable[[str, Attributes], None]
EndHandler = Callable[[str], None]


class Package:
    """The parts of a ZIP file, by their names.

    Reading parts takes at most `max_unpacked` bytes out of them, over all calls.
    Raises UnreadableFileError when the directory can't be read.
    """

    def __init__(self, stream: BinaryIO, *, max_unpacked: int) -> None:
        self._max_unpacked = self._remaining = max_unpacked
        try:
            self._zip = ZipFile(_Bounded(stream))
        except (*DAMAGE, OSError) as error:
            raise damaged() from error
        self._parts = {_plain(each.filename): each for each in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def feed(
        self,
        name: str,
        *,
        start: StartHandler,
        end: EndHandler | None = None,
        text: EndHandler | None = None,
        max_size: int | None = None,
    ) -> Iterator[None]:
        """Parse a part, pausing after each block so that what was found can be taken.

        Elements in the namespace of the first come with their bare names; `text` may
        come in pieces.
        Raises UnreadableFileError for a part that is missing, damaged, has a DTD, or
        unpacks to more than `max_size` or than what is left.
        """
        blocks = self._blocks(self._admitted(name, max_size))
        parser: expat.XMLParserType | None = None
        fed = 0
        try:
            for block in blocks:
                parser = parser or _parser(block, start, end, text)
                parser.Parse(block, False)  # noqa: FBT003  (expat's signature)
                fed += len(block)
                if fed - parser.CurrentByteIndex > MAX_TOKEN:
                    raise damaged()
                yield
            if parser is None:
                raise damaged()
            parser.Parse(b"", True)  # noqa: FBT003  (the same)
        except DAMAGE as error:
            raise damaged() from error
        yield

    def _admitted(self, name: str, max_size: int | None) -> ZipInfo:
        part = self._parts.get(_plain(name))
        if part is None or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged()
        if part.flag_bits & ENCRYPTED:
            raise UnreadableFileError(_("The file has a password. Save it without."))
        size = part.file_size
        is_bomb = size > UNPACKED_FREELY and size > part.compress_size * MAX_RATIO
        if is_bomb or size > min(self._remaining, max_size or size):
            raise too_much(self._max_unpacked)
        self._remaining -= size
        return part

    def _blocks(self, part: ZipInfo) -> Iterator[bytes]:
        with self._zip.open(part) as file:
            while block := file.read(BLOCK):
                yield block


class _Bounded(io.RawIOBase):
    """A stream that refuses to be read in one piece, as ZipFile reads a directory."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = DIRECTORY_LIMIT + 1 if size is None or size < 0 else size
        if wanted <= DIRECTORY_LIMIT:
            return self._stream.read(wanted)
        data = self._stream.read(DIRECTORY_LIMIT + 1)
        if len(data) > DIRECTORY_LIMIT:
            raise UnreadableFileError(
                _("This ZIP file has more parts than any workbook.")
            )
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        if whence == os.SEEK_SET and offset < 0:  # where a part begins that is gone
            raise damaged()
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True


def relations_of(part: str) -> str:
    """Return the name of the part that says what `part` refers to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(part: str, target: str) -> str:
    """Return the name of the part that `part` calls `target`."""
    return _plain(posixpath.join(posixpath.dirname(part), target))


def damaged() -> UnreadableFileError:
    """Return the refusal of a workbook that can't be read to its end."""
    return UnreadableFileError(
        _("The workbook is damaged or was cut off. Open it, save it again as .xlsx.")
    )


def too_much(limit: int) -> UnreadableFileError:
    """Return the refusal of a file that unpacks to more than `limit` bytes allow."""
    return UnreadableFileError(
        _(
            "Unpacked, this workbook is larger than %(limit)d MB, or a hundred times as"
            " large as the file. Delete rows and columns that are only formatted, or"
            " save the sheet as CSV (UTF-8)."
        )
        % {"limit": limit // 1_000_000}
    )


def long_row() -> UnreadableFileError:
    """Return the refusal of texts that would fill the memory."""
    return UnreadableFileError(
        _("A row of the sheet has more text in it than any catalogue. Shorten it.")
    )


def _plain(name: str) -> str:
    """Return a part's name as it is compared: without case, from the root."""
    path = posixpath.normpath("/" + name.replace("\\", "/"))
    return path.lstrip("/").casefold()


def _parser(
    head: bytes, start: StartHandler, end: EndHandler | None, text: EndHandler | None
) -> expat.XMLParserType:
    encoding = "UTF-16" if head.startswith(UTF_16_BOMS) else "UTF-8"
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_dtd

    def begin(root: str, attributes: Attributes) -> None:
        prefix, colon, _name = root.rpartition(":")
        own = prefix + colon
        parser.StartElementHandler = _without(own, start) if own else start
        parser.EndElementHandler = _without(own, end) if own and end else end
        parser.CharacterDataHandler = text
        start(root.removeprefix(own), attributes)

    parser.StartElementHandler = begin
    return parser


def _without(prefix: str, handler: Callable[..., None]) -> Callable[..., None]:
    """Return `handler` for names that begin with the prefix of their namespace."""
    return lambda name, *more: handler(name.removeprefix(prefix), *more)


def _refuse_dtd(*_declaration: object) -> None:
    raise damaged()
