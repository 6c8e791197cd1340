"""Who is about to have another e-mail address."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import LoginEmailField
from accounts.models.people import User


class EmailChange(models.Model):
    """An address asked for; it counts when the old one agreed and it proved itself.

    Each address is mailed a link with a token of its own; only the hashes are kept.
    The row goes when the change is done or withdrawn.
    """

    person = models.OneToOneField(User, models.CASCADE, related_name="+")
    new_email = LoginEmailField(_("new e-mail"))
    old_token_hash = models.CharField(max_length=64, unique=True)
    new_token_hash = models.CharField(max_length=64, unique=True)
    old_agreed_at = models.DateTimeField(null=True)
    new_agreed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of e-mail")
        verbose_name_plural = _("changes of e-mail")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(old_token_hash=models.F("new_token_hash")),
                name="emailchange_tokens_differ",
                violation_error_message=_("One link can't speak for both addresses."),
            )
        ]

    def __str__(self) -> str:
        return self.new_email
