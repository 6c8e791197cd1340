"""Who may sign in. The e-mail address is the login."""

from typing import Any, ClassVar, Final, Self

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, Group, PermissionsMixin
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.fields import LoginEmailField
from accounts.roles import DEFAULT_ROLE, Role, makes_staff
from inventory_site.security.events import Event, about, note

# What signs in beside the password; recovery codes only stand in for them.
FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
MOST_SOUGHT: Final = 254  # characters; no name and no address is longer


def language_choices() -> list[tuple[str, Any]]:
    """Return what a person can choose: nothing, or one of the site's languages."""
    return [("", _("As the browser asks")), *settings.LANGUAGES]


class UserQuerySet(models.QuerySet["User"]):
    """Questions about people."""

    def active(self) -> Self:
        return self.filter(is_active=True)

    def deactivated(self) -> Self:
        return self.filter(is_active=False)

    def superusers(self) -> Self:
        """People who may sign in and may do everything."""
        return self.active().filter(is_superuser=True)

    def admins(self) -> Self:
        """People who may sign in and hold the Admin role or everything."""
        return self.active().filter(is_staff=True)

    def matching(self, text: str) -> Self:
        """People whose name or address contains `text`; everybody for no text."""
        if len(text) > MOST_SOUGHT:  # SQLite looks for no more than 50,000 bytes
            return self.none()
        text = text.replace("\0", "")  # PostgreSQL takes no null character
        return self.filter(Q(name__icontains=text) | Q(email__icontains=text))

    def with_second_factors(self) -> Self:
        """Tell of each as `has_second_factor`, whether there is an app or a passkey."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        return self.annotate(has_second_factor=Exists(factors))

    def with_roles(self) -> Self:
        """Fetch the groups along, so that `role` costs one query for the list."""
        return self.prefetch_related("groups")


class UserManager(BaseUserManager["User"]):
    """Makes accounts that are whole: with a role, and staff where that follows."""

    def create_user(
        self,
        email: str,
        password: str | None = None,
        *,
        role: Role | None = DEFAULT_ROLE,
        **fields: Any,
    ) -> "User":
        """Save and return a new user who holds `role`.

        Without a password none fits, until one is set. Raises ValueError without
        an address and IntegrityError when the address is taken, in any case.
        """
        if not email or not email.strip():
            message = "An account needs an e-mail address."
            raise ValueError(message)
        is_superuser = bool(fields.get("is_superuser", False))
        fields["is_staff"] = makes_staff(role, is_superuser=is_superuser)
        user = self.model(email=email, **fields)
        # Not set_password: that would be told as a change, and this is a beginning.
        user.password = make_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            if role is not None:
                group, _made = Group.objects.using(self._db).get_or_create(name=role)
                user.groups.add(group)
            note(
                Event.PERSON_CREATED,
                role=role,
                superuser=is_superuser,
                **about(user),
            )
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        """Save and return a superuser with the Admin role and a verified address.

        Verified, because whoever can run this owns the machine, and because where
        verification is mandatory he couldn't sign in otherwise.
        """
        fields["is_superuser"] = True
        with transaction.atomic(using=self._db):
            user = self.create_user(email, password, role=Role.ADMIN, **fields)
            EmailAddress.objects.using(self._db).create(
                user=user, email=user.email, primary=True, verified=True
            )
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account.

    `is_staff` is never typed in: it follows from role and superuser status
    (`accounts.roles.makes_staff`), so it is not editable anywhere.
    """

    email = LoginEmailField(
        _("e-mail"),
        unique=True,
        error_messages={"unique": _("An account with this e-mail exists already.")},
    )
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("A deactivated person can't sign in; the history keeps the name."),
    )
    is_staff = models.BooleanField(
        _("may enter the Django admin"), default=False, editable=False
    )
    date_joined = models.DateTimeField(
        _("joined"), default=timezone.now, editable=False
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        default="",
        choices=language_choices,
        help_text=_("Pages and mails are written in it."),
    )
    session_generation = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("Counts up to end every session of this person."),
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager.from_queryset(UserQuerySet)()
    _perm_cache: set[str]  # Django's own name for it; filled by RoleBackend

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions = [("manage_people", _("Can manage people and their roles"))]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def role(self) -> Role | None:
        """The role held; None for somebody who has only groups of the shop's own.

        One query, or none after `with_roles()`.
        """
        names = {group.name for group in self.groups.all()}
        return next((role for role in Role if role in names), None)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.partition(" ")[0]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sign a session with the password and the generation.

        Django signs with the password alone: somebody deactivated and let in again
        would find his old sessions open, on the lost phone too.
        """
        return salted_hmac(
            "accounts.models.User.session",
            f"{self.password}:{self.session_generation}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
