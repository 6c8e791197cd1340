"""People, and those who are about to become one or to change their address."""

from accounts.models.email_changes import EmailChange
from accounts.models.invitations import Invitation
from accounts.models.people import FACTORS, User

__all__ = ["FACTORS", "EmailChange", "Invitation", "User"]
