"""The addresses of the site itself and of the accounts."""

from collections.abc import Mapping

from accounts.models import User
from accounts.roles import Role
from accounts.services.invitations import invite_person
from inventory_site.tests.permission_rows.row import LOGIN, Row


def missing_picture() -> Mapping[str, object]:
    return {"name": "products/gone.webp"}


def person() -> Mapping[str, object]:
    return {"pk": User.objects.create_user("pia@example.com", name="Pia").pk}


def invitation() -> Mapping[str, object]:
    host = User.objects.create_superuser("hal@example.com", name="Hal")
    made, _token = invite_person(
        actor=host, email="new@example.com", name="New", role=Role.REGULAR
    )
    return {"pk": made.pk}


def spent_token() -> Mapping[str, object]:
    return {"token": "spent"}


def spent_key() -> Mapping[str, object]:
    return {"key": "spent"}


def spent_reset_key() -> Mapping[str, object]:
    return {"uidb36": "1", "key": "spent"}


def some_number() -> Mapping[str, object]:
    return {"pk": 1}


SITE = [
    Row("home", "GET", LOGIN, 302, 302, 302),
    Row("healthz", "GET", 200, 200, 200, 200, is_page=False),
    Row("readyz", "GET", 200, 200, 200, 200, is_page=False),
    Row("shortcut_list", "GET", LOGIN, 200, 200, 200),
    Row("shortcut_list", "POST", LOGIN, 302, 302, 302),
    Row("appearance_choose", "POST", 302, 302, 302, 302),
    Row("media", "GET", LOGIN, 404, 404, 404, missing_picture),
]
ACCOUNTS = [
    Row("account_signup", "GET", 200, 302, 302, 302),
    Row("account_signup", "POST", 200, 302, 302, 302),
    Row("account_login", "GET", 200, 302, 302, 302),
    Row("account_login", "POST", 200, 302, 302, 302),
    Row("account_logout", "GET", 302, 200, 200, 200),
    Row("account_logout", "POST", 302, 302, 302, 302),
    Row("account_inactive", "GET", 200, 200, 200, 200),
    Row("account_email_verification_sent", "GET", 200, 200, 200, 200),
    Row("account_confirm_email", "GET", 200, 200, 200, 200, spent_key),
    Row("account_confirm_email", "POST", 404, 404, 404, 404, spent_key),
    Row("account_change_password", "GET", LOGIN, 200, 200, 200),
    Row("account_change_password", "POST", LOGIN, 200, 200, 200),
    Row("account_reset_password", "GET", 200, 200, 200, 200),
    Row("account_reset_password", "POST", 200, 200, 200, 200),
    Row("account_reset_password_done", "GET", 200, 200, 200, 200),
    Row("account_reset_password_from_key", "GET", 200, 200, 200, 200, spent_reset_key),
    Row("account_reset_password_from_key", "POST", 200, 200, 200, 200, spent_reset_key),
    Row("account_reset_password_from_key_done", "GET", 200, 200, 200, 200),
    # The password once more, before anything that changes how one comes in.
    Row("account_reauthenticate", "GET", LOGIN, 200, 200, 200),
    Row("account_reauthenticate", "POST", LOGIN, 200, 200, 200),
    Row("mfa_reauthenticate", "GET", LOGIN, 302, 302, 302),
    Row("mfa_reauthenticate", "POST", LOGIN, 302, 302, 302),
    Row("mfa_reauthenticate_webauthn", "GET", LOGIN, 302, 302, 302),
    Row("mfa_reauthenticate_webauthn", "POST", LOGIN, 302, 302, 302),
    Row("mfa_authenticate", "GET", 302, 302, 302, 302),
    Row("mfa_authenticate", "POST", 302, 302, 302, 302),
    Row("mfa_login_webauthn", "GET", 200, 302, 302, 302, is_page=False),
    Row("mfa_login_webauthn", "POST", 302, 302, 302, 302),
    Row("mfa_index", "GET", LOGIN, 200, 200, 200),
    Row("mfa_activate_totp", "GET", LOGIN, 302, 302, 302),
    Row("mfa_activate_totp", "POST", LOGIN, 302, 302, 302),
    Row("mfa_deactivate_totp", "GET", LOGIN, 404, 404, 404),
    Row("mfa_deactivate_totp", "POST", LOGIN, 404, 404, 404),
    Row("mfa_view_recovery_codes", "GET", LOGIN, 404, 404, 404),
    Row("mfa_download_recovery_codes", "GET", LOGIN, 404, 404, 404),
    Row("mfa_generate_recovery_codes", "GET", LOGIN, 302, 302, 302),
    Row("mfa_generate_recovery_codes", "POST", LOGIN, 302, 302, 302),
    Row("mfa_add_webauthn", "GET", LOGIN, 302, 302, 302),
    Row("mfa_add_webauthn", "POST", LOGIN, 302, 302, 302),
    Row("mfa_edit_webauthn", "GET", LOGIN, 302, 302, 302, some_number),
    Row("mfa_edit_webauthn", "POST", LOGIN, 302, 302, 302, some_number),
    Row("mfa_remove_webauthn", "GET", LOGIN, 302, 302, 302, some_number),
    Row("mfa_remove_webauthn", "POST", LOGIN, 302, 302, 302, some_number),
    Row("accounts:language_choose", "POST", 302, 302, 302, 302),
    Row("accounts:profile", "GET", LOGIN, 200, 200, 200),
    Row("accounts:profile", "POST", LOGIN, 200, 200, 200),
    Row("accounts:email_change", "GET", LOGIN, 200, 200, 200),
    Row("accounts:email_change", "POST", LOGIN, 200, 200, 200),
    Row("accounts:email_change_withdraw", "POST", LOGIN, 302, 302, 302),
    Row("accounts:email_change_confirm", "GET", 404, 404, 404, 404, spent_token),
    Row("accounts:email_change_confirm", "POST", 404, 404, 404, 404, spent_token),
    Row("accounts:session_list", "GET", LOGIN, 200, 200, 200),
    Row("accounts:session_end", "POST", LOGIN, 302, 302, 302, some_number),
    Row("accounts:session_end_others", "POST", LOGIN, 302, 302, 302),
    Row("accounts:people_list", "GET", LOGIN, 403, 403, 200),
    Row("accounts:person_assign_role", "POST", LOGIN, 403, 403, 302, person),
    Row("accounts:person_deactivate", "POST", LOGIN, 403, 403, 302, person),
    Row("accounts:person_reactivate", "POST", LOGIN, 403, 403, 302, person),
    Row("accounts:person_remove_second_factor", "POST", LOGIN, 403, 403, 302, person),
    Row("accounts:person_reset_link", "POST", LOGIN, 403, 403, 302, person),
    Row("accounts:invitation_list", "GET", LOGIN, 403, 403, 200),
    Row("accounts:invitation_create", "GET", LOGIN, 403, 403, 200),
    Row("accounts:invitation_create", "POST", LOGIN, 403, 403, 200),
    Row("accounts:invitation_renew", "POST", LOGIN, 403, 403, 302, invitation),
    Row("accounts:invitation_withdraw", "POST", LOGIN, 403, 403, 302, invitation),
    Row("accounts:invitation_accept", "GET", 404, 200, 200, 200, spent_token),
    Row("accounts:invitation_accept", "POST", 404, 200, 200, 200, spent_token),
]
