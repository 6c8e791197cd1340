"""Who may do what: one row for each address and method, the roles as columns.

Write the row before the view: `test_permissions.py` fails for an address without
one. A POST goes out with an empty form, so “may” shows as 200 (the form again,
with its errors) or as the redirect of a button that needs no field. The browser
tests walk the same rows, so a new page is looked at without a test of its own.
"""

from inventory_site.tests.permission_rows.accounts import ACCOUNTS, SITE
from inventory_site.tests.permission_rows.bulk import BULK
from inventory_site.tests.permission_rows.documents import DOCUMENTS
from inventory_site.tests.permission_rows.holds import HOLDS
from inventory_site.tests.permission_rows.imports import IMPORTS
from inventory_site.tests.permission_rows.locations import LOCATIONS
from inventory_site.tests.permission_rows.operations import OPERATIONS
from inventory_site.tests.permission_rows.products import PRODUCTS
from inventory_site.tests.permission_rows.reorder import REORDER
from inventory_site.tests.permission_rows.reports import REPORTS
from inventory_site.tests.permission_rows.row import LOGIN, Row
from inventory_site.tests.permission_rows.saved_views import SAVED_VIEWS
from inventory_site.tests.permission_rows.scanning import SCANNING
from inventory_site.tests.permission_rows.stock import STOCK
from inventory_site.tests.permission_rows.stocktakes import STOCKTAKES
from inventory_site.tests.permission_rows.transfers import TRANSFERS

__all__ = ["LOGIN", "PUBLIC", "ROWS", "SIGNED_IN", "Row"]

# Answered without a sign-in.
PUBLIC = {
    "appearance_choose",
    "accounts:language_choose",
    "healthz",
    "readyz",
    "account_signup",
    "account_login",
    "account_logout",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_inactive",
    "account_reset_password",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "accounts:email_change_confirm",
    "accounts:invitation_accept",
}
# For everybody who is signed in, whatever the role; these need no permission.
SIGNED_IN = {
    "home",
    "media",
    "shortcut_list",
    "account_change_password",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "accounts:profile",
    "accounts:email_change",
    "accounts:email_change_withdraw",
    "accounts:session_list",
    "accounts:session_end",
    "accounts:session_end_others",
}

ROWS = [
    *SITE,
    *ACCOUNTS,
    *IMPORTS,
    *PRODUCTS,
    *BULK,
    *STOCK,
    *DOCUMENTS,
    *OPERATIONS,
    *REORDER,
    *HOLDS,
    *STOCKTAKES,
    *SCANNING,
    *REPORTS,
    *LOCATIONS,
    *TRANSFERS,
    *SAVED_VIEWS,
]
