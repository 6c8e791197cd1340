"""What one person set of the list of products, to see it again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from products.fields import KeyField, fold_key

NAME_LENGTH = 60
ALL_PRODUCTS = ""  # the name of the view that is there without being saved


class SavedView(models.Model):
    """A list as one person set it: filters, order and page length, and its columns.

    `address` is what stands behind the “?” of the list's address, of what makes sense
    only. Without `columns` they are those of “All products”, which is the row without a
    name: there is one where a person chose columns for it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    name_key = KeyField(source="name", derive=lambda view: fold_key(view.name))
    address = models.TextField(_("address"), blank=True)
    columns = models.CharField(_("columns"), max_length=255, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    # Unique with NULLs: whose start view it is, so that nobody has two.
    start_of = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        default_permissions = ()
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name_key"],
                name="savedview_name_unique",
                violation_error_message=_("You have a view of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(start_of=None) | Q(start_of=F("user")),
                name="savedview_start_of_its_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.name
