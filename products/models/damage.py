"""Numbers and JSON of the ledger and the documents, whatever is stored in their place.

SQLite stores any text in any column, and nothing on the way looks at whole numbers; no
database knows what our JSON should be. A page shows what is damaged as unknown; who
reckons with it is refused.
"""

from typing import Any, NoReturn

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from products.errors import Unreadable

Shape = Any
"""What JSON should be: a class or a value; a tuple of shapes for one of them; a list of
one shape for any number; a dict of names for an object that has them, among others,
and an empty one for an object that has none."""


class Damaged:
    """Stands for what can't be read: it can be shown, and nothing else.

    Whatever is worked out with it, compared with it or stored of it is Unreadable.
    """

    def __init__(self, field: "models.Field[Any, Any]", json: Any = None) -> None:
        self._field, self._json = field, json

    def __str__(self) -> str:
        return "–"

    def refuse(self, *_others: object) -> NoReturn:
        options = self._field.model._meta
        raise Unreadable(str(options.verbose_name), str(self._field.verbose_name))

    def json(self) -> Any:
        """Return JSON of a wrong shape as it is stored, to be put away as it is.

        Django reads what is no JSON as a text, so a text is refused.
        """
        if not isinstance(self._json, dict | list):
            self.refuse()
        return self._json

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # so asks Python whether it is something special
            raise AttributeError(name)
        self.refuse()

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = refuse
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = refuse
    __lt__ = __le__ = __gt__ = __ge__ = __bool__ = refuse
    __neg__ = __abs__ = __int__ = __index__ = __float__ = __round__ = refuse
    __getitem__ = __iter__ = __contains__ = __len__ = __or__ = __ror__ = refuse


class _AsDjango(models.Field):
    """Mixin: in the database it is Django's own field, so no migration sees it."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs


class _WholeNumber(_AsDjango):
    """Mixin: reads what is no whole number, or below `least`, as Damaged.

    Only SQLite can have that.
    """

    least: int | None = None

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Any]:
        return [self._read] if connection.vendor == "sqlite" else []

    def _read(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None or (
            isinstance(value, int) and (self.least is None or value >= self.least)
        ):
            return value
        return Damaged(self)


class CountField(_WholeNumber, models.BigIntegerField):
    """Units, more or fewer."""


class StoredUnitsField(CountField):
    """Units that are somewhere: none or more, which a named constraint says too."""

    least = 0


class PositiveCountField(_WholeNumber, models.PositiveIntegerField):
    """How many, or the how manieth."""

    least = 0


class PositiveSmallCountField(_WholeNumber, models.PositiveSmallIntegerField):
    """A few of something."""

    least = 0


class ShapedJSONField(_AsDjango, models.JSONField):
    """JSON of one shape; what has another is read as Damaged."""

    def __init__(self, *args: Any, shape: Shape = object, **kwargs: Any) -> None:
        self.shape = shape
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        read = super().from_db_value(value, expression, connection)
        return read if fits(read, self.shape) else Damaged(self, read)


def fits(value: object, shape: Shape) -> bool:
    """Say whether JSON has this shape."""
    if isinstance(shape, tuple):
        return any(fits(value, one) for one in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(it, shape[0]) for it in value)
    if shape and isinstance(shape, dict):
        return isinstance(value, dict) and all(
            fits(value.get(name), inner) for name, inner in shape.items()
        )
    return isinstance(value, shape) if isinstance(shape, type) else value == shape
