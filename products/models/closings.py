"""Up to which day the books are closed, and what a digest said last."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.models.stored import noting_times, refuse_spoilt_times


class ClosingQuerySet(models.QuerySet["Closing"]):
    def current(self) -> "Closing | None":
        """Return the closing in force: the last one; one query.

        Raises Unreadable where it says a day that is none: the books are not open then.
        """
        closing = noting_times(self).order_by("-pk").first()
        return refuse_spoilt_times(closing) if closing else None


class Closing(models.Model):
    """The books were closed through a day, inclusive, or opened again (NULL).

    The last row is in force; nothing may be dated on or before its day. Append-only.
    The first row is made by `post_migrate` and closes nothing: it is there to be
    locked, by whoever moves the date and by whoever books a late entry.
    """

    closed_through = models.DateField(_("closed through"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)
    actor_label = models.CharField(_("by"), max_length=150, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("move_closing", _("Can move the closing date"))]

    def __str__(self) -> str:
        return str(self.closed_through or _("Open"))


class Digest(models.Model):
    """A mail with what runs low went out; the same state is not mailed twice.

    `fingerprint` is a SHA-256 over the products and what is missing of each; `head` the
    ledger head of that moment, which is thus kept in somebody's mailbox.
    """

    sent_at = models.DateTimeField(default=timezone.now)
    fingerprint = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    product_count = models.PositiveIntegerField()
    recipients = models.TextField()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(fingerprint=""), name="digest_has_fingerprint"
            ),
        ]

    def __str__(self) -> str:
        day = f"{self.sent_at:%Y-%m-%d}" if self.sent_at else "–"  # None if damaged
        return f"{day}: {self.product_count}"
