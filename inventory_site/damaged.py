"""The answer where something stored can't be read: which value it is, and what to do.

SQLite stores any text in any column. A page of many rows reads them so that a spoilt
value spoils its own cell (`products.models.stored`); whatever can't go on without the
value ends here, with nothing done.
"""

from traceback import walk_tb
from types import FrameType

from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler, cursor_iter
from django.http import HttpResponse
from django.template import loader

from inventory_site.security.requests import current_id
from products.errors import Unreadable

CONFLICT = 409
READING = SQLCompiler.apply_converters.__code__
FETCHING = cursor_iter.__code__  # stands inside the other where rows come in parts


def unreadable_in(error: BaseException | None) -> Unreadable | None:
    """Return what could not be read; None where the error is about something else.

    Django says of a value that it can't convert only that it can't. What it was stands
    in the frame in which Django was reading, so nothing has to be asked or caught on
    the way there.
    """
    if error is None or isinstance(error, Unreadable):
        return error
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    reading = [frame for frame in frames if frame.f_code is READING]
    is_fetching = any(frame.f_code is FETCHING for frame in frames)
    return None if is_fetching or not reading else _what_was_read(reading[-1])


def damaged(unreadable: Unreadable) -> HttpResponse:
    """Return the page that names the row; the state of the shop stands in the way."""
    page = loader.get_template("409.html").render(
        {"refusal": unreadable.message, "request_id": current_id()}
    )
    return HttpResponse(page, status=CONFLICT)


def _what_was_read(frame: FrameType) -> Unreadable:
    """Return the kind of row, the column and the id, as far as the query has them."""
    compiler, row = frame.f_locals["self"], frame.f_locals["row"]
    value = frame.f_locals["expression"]
    if not isinstance(value, Col):
        return Unreadable(str(compiler.query.model._meta.verbose_name))
    field = value.target
    ids = [
        row[position]
        for position, (column, *_) in enumerate(compiler.select)
        if isinstance(column, Col)
        and (column.alias, column.target.primary_key) == (value.alias, True)
    ]
    what, column = field.model._meta.verbose_name, field.verbose_name
    return Unreadable(str(what), str(column), ids[0] if ids else None)
