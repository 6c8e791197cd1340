"""The e-mail address as a key: one address, one row, whatever its case."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import lookups


class LoginEmailField(models.EmailField):
    """An e-mail address that is trimmed and lower-cased on every way in.

    Forms, saves and lookups go through the same function, so `User.objects.get(
    email="Ann@Example.org")` finds what `ann@example.org` wrote, and a plain
    unique constraint is enough on every database.
    """

    def to_python(self, value: Any) -> Any:
        return _normalised(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return _normalised(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        value = _normalised(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """On MariaDB compare bytes: its default takes “é” and “e” for the same."""
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        if connection.vendor == "mysql":
            parameters["collation"] = "utf8mb4_bin"
        return parameters


@LoginEmailField.register_lookup
class LoginEmailIExact(lookups.IExact):
    """On MariaDB the bytes are compared, so what is looked for is lower-cased."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        super().__init__(lhs, _normalised(rhs))


@LoginEmailField.register_lookup
class LoginEmailIContains(lookups.IContains):
    """As above; the search of the Django admin comes this way."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        super().__init__(lhs, _normalised(rhs))


def _normalised(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value
