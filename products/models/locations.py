"""Places with stock of their own."""

from typing import Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from products.errors import Unreadable
from products.fields import KeyField, fold_key
from products.models.base import DerivedModel


class LocationQuerySet(models.QuerySet["Location"]):
    def stocked(self) -> Self:
        """Return the active locations people put stock into, the default first."""
        return self.filter(kind=Location.Kind.STOCK, is_active=True).order_by(
            "-is_default", "priority", "name"
        )

    def places(self) -> list["Location"]:
        """Return the stocked ones as a list that isn't empty; one query.

        Raises Unreadable where no row is a proper place any more.
        """
        found: list[Location] = list(self.stocked())
        if not found:
            raise _damaged()
        return found

    def in_transit(self) -> Self:
        """Return the places of goods on the way, the first made first."""
        return self.filter(kind=Location.Kind.TRANSIT, is_active=True).order_by("pk")

    def get_default(self) -> "Location":
        """Return the location that is meant when none is named.

        `post_migrate` makes it and the database allows only one, so there is one.
        Raises Unreadable where its row says nothing of the kind any more.
        """
        found = self.filter(is_default=True).first()
        if found is None:
            raise _damaged()
        return found


def _damaged() -> Unreadable:
    return Unreadable(str(Location._meta.verbose_name), str(_("default")))


class Location(DerivedModel):
    """A place with stock of its own. A shop with one never sees the word."""

    class Kind(models.TextChoices):
        STOCK = "stock", _("Stock")
        TRANSIT = "transit", _("In transit")

    code = models.CharField(_("code"), max_length=40)
    code_key = KeyField(
        source="code",
        unique=True,
        derive=lambda location: fold_key(location.code),
        error_messages={"unique": _("There is a location with this code already.")},
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.STOCK)
    priority = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Lower comes first in lists.")
    )
    is_default = models.BooleanField(_("default"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    # Unique with NULLs: a conditional unique constraint would not be made on MariaDB.
    default_slot = models.GeneratedField(
        expression=Case(When(is_default=True, then=Value(1)), default=None),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
    )

    objects = LocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["priority", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["default_slot"],
                name="location_one_default",
                violation_error_message=_("Another location is the default already."),
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(is_active=True, kind="stock"),
                name="location_default_is_usable",
                violation_error_message=_(
                    "The default location must be active and hold stock."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name
