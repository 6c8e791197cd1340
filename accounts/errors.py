"""What a service for people refuses: `code` for programs, `str()` for people."""

from typing import ClassVar

from django.utils.translation import gettext as _


class AccountError(Exception):
    """Base of all refusals; a refused service has changed nothing."""

    code: ClassVar[str] = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(AccountError):
    """The one who asks may not do this to that person, or give that role."""

    code = "not_allowed"


class LastAdmin(AccountError):
    """Nobody would be left who can manage the shop."""

    code = "last_admin"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            _("“%(name)s” is the last admin. Make somebody else an admin first.")
            % {"name": name}
        )


class AddressTaken(AccountError):
    """There is an account with this e-mail address."""

    code = "address_taken"

    def __init__(self, email: str) -> None:
        self.email = email
        super().__init__(_("There is an account for %s already.") % email)


class AlreadyInvited(AccountError):
    """There is an invitation for this e-mail address."""

    code = "already_invited"

    def __init__(self, email: str) -> None:
        self.email = email
        super().__init__(_("%s is invited already. Make a new link instead.") % email)


class EmailChangeSpent(AccountError):
    """The link was used, withdrawn, replaced, or its time is up."""

    code = "email_change_spent"

    def __init__(self) -> None:
        super().__init__(_("This link was used already, or its day is over."))


class InvitationSpent(AccountError):
    """The link was used, withdrawn, replaced, or its time is up."""

    code = "invitation_spent"

    def __init__(self) -> None:
        super().__init__(_("This invitation was used already, or its time is up."))
