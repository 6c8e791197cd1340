"""Who is asked in."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import LoginEmailField
from accounts.models.people import User
from accounts.roles import DEFAULT_ROLE, Role


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def open_at(self, moment: datetime) -> Self:
        return self.filter(expires_at__gt=moment)


class Invitation(models.Model):
    """Somebody asked in, who has no account yet; the row goes when he accepts.

    The link carries a random token; only its hash is kept, so that neither a
    backup nor somebody reading the database can let himself in.
    """

    email = LoginEmailField(
        _("e-mail"),
        unique=True,
        error_messages={"unique": _("This e-mail is invited already: see the list.")},
    )
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(
        _("role"), max_length=20, choices=Role.choices, default=DEFAULT_ROLE
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="invitation_role_known",
                violation_error_message=_("There is no such role."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
