"""Each page of the URL configuration once more: empty, refused, and as a dialog.

`test_every_page.py` looks at each as the permission table fills it. A new address joins
by its row there; one that shows no page of its own is named here, with the reason.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from inventory_site.tests.browser.looks import TWO_LOOKS
from inventory_site.tests.browser.test_every_page import OK, PAGES
from inventory_site.tests.permissions_table import ROWS, Row
from inventory_site.tests.routes import named_routes
from inventory_site.tests.sources import ROOT

Stands = Callable[..., None]

IN_ACCOUNT_STATES = "needs a second factor or a token: test_account_states.py"
IN_EXTREMES = "needs chosen holds: test_extremes.py"
A_FILE = "answers with a file"
FOR_PROGRAMS = "answers programs"
NO_PAGE = {
    "home": "leads to the dashboard",
    "media": A_FILE,
    "healthz": FOR_PROGRAMS,
    "readyz": FOR_PROGRAMS,
    "mfa_login_webauthn": FOR_PROGRAMS,
    "products:line_find": FOR_PROGRAMS,
    "products:import_progress": "a part of import_detail: test_import_states.py",
    "products:code_find": "leads to the product, or: test_scanning_pages.py",
    "mfa_download_recovery_codes": A_FILE,
    "products:import_refused": A_FILE,
    "products:product_export_file": A_FILE,
    "products:reorder_export": A_FILE,
    "products:report_stock_export": A_FILE,
    "products:report_movements_export": A_FILE,
    "products:movement_export": A_FILE,
    "products:hold_renew": IN_EXTREMES,
    "products:hold_release": IN_EXTREMES,
    "products:hold_fulfil": IN_EXTREMES,
    "mfa_reauthenticate": IN_ACCOUNT_STATES,
    "mfa_reauthenticate_webauthn": IN_ACCOUNT_STATES,
    "mfa_authenticate": IN_ACCOUNT_STATES,
    "mfa_activate_totp": IN_ACCOUNT_STATES,
    "mfa_deactivate_totp": IN_ACCOUNT_STATES,
    "mfa_view_recovery_codes": IN_ACCOUNT_STATES,
    "mfa_generate_recovery_codes": IN_ACCOUNT_STATES,
    "mfa_add_webauthn": IN_ACCOUNT_STATES,
    "mfa_edit_webauthn": IN_ACCOUNT_STATES,
    "mfa_remove_webauthn": IN_ACCOUNT_STATES,
    "accounts:email_change_confirm": IN_ACCOUNT_STATES,
}
# Forms that a page of errors doesn't answer when nothing is filled in.
NOTHING_TO_REFUSE = {
    "account_reset_password_from_key": "the link is spent",
    "accounts:invitation_accept": "the link is spent",
    "products:stocktake_count": "counts by script: test_counting.py",
    "products:stocktake_review": "its lines: test_page_states.py",
    **{
        f"products:bulk_{action}": "of ticked products: test_bulk_states.py"
        for action in ("activate", "adjust", "archive", "categorise", "export")
    },
}

BY_NAME = {row.name: row for row in PAGES}
ROUTES = {route.name: route for route in named_routes()}
# The permission table gives them something; here they have nothing.
EMPTY = [
    row
    for row in PAGES
    if row.given is not dict and not ROUTES[row.name].pattern_takes_arguments
]
FORMS = [
    row
    for row in ROWS
    if row.method == "POST"
    and OK in {row.anonymous, row.admin}
    and row.name in BY_NAME.keys() - NOTHING_TO_REFUSE.keys()
]

# What somebody sends who has filled in nothing, and chosen nothing.
SEND_NOTHING = """
() => {
  const field = ":is(input:not([type=hidden], [type=radio], [type=checkbox]), textarea)"
  for (const one of document.querySelectorAll(`main ${field}`)) one.value = "";
  for (const one of document.querySelectorAll("main select"))
    if (one.querySelector('option[value=""]')) one.value = "";
  const buttons = document.querySelectorAll("main form[method=post] .btn-primary");
  [...buttons].at(-1).click();
}
"""
REFUSED = (
    "main :is(.is-invalid, .invalid-feedback, .alert-danger, [data-error-summary])"
)
OPEN_AS_DIALOG = """
(address) => {
  const link = document.createElement("a");
  Object.assign(link, { href: address, textContent: "Open" });
  link.dataset.dialog = "";
  document.querySelector("main").append(link);
  link.click();
}
"""


def is_dialog(name: str) -> bool:
    template = getattr(ROUTES[name].view.view_class, "template_name", None)
    found = template and (ROOT / "templates" / Path(template))
    return bool(found) and "base_dialog.html" in found.read_text()


DIALOGS = [row for row in PAGES if is_dialog(row.name)]


def test_every_address_is_looked_at() -> None:
    answering = {route.name for route in named_routes() if "GET" in route.methods}
    assert answering - BY_NAME.keys() == NO_PAGE.keys()
    assert DIALOGS
    assert EMPTY
    assert FORMS


def open_page(page: Page, site: LiveServer, row: Row) -> None:
    if row.anonymous == OK:
        page.context.clear_cookies()
    page.goto(site.url + reverse(row.name, kwargs=dict(row.given())))


@pytest.mark.parametrize("row", EMPTY, ids=lambda row: row.name)
def test_empty(
    row: Row, live_server: LiveServer, signed_in: Page, assert_stands: Stands
) -> None:
    open_page(signed_in, live_server, row._replace(given=dict))
    assert_stands(signed_in, TWO_LOOKS)


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row.name)
def test_refused(
    row: Row,
    live_server: LiveServer,
    signed_in: Page,
    assert_stands: Stands,
    settings: Settings,
) -> None:
    settings.EMAIL_IS_SET_UP = True  # some pages have no form without
    open_page(signed_in, live_server, row)
    signed_in.evaluate(SEND_NOTHING)
    expect(signed_in.locator(REFUSED).first).to_be_attached()
    assert_stands(signed_in, TWO_LOOKS)


@pytest.mark.parametrize("row", DIALOGS, ids=lambda row: row.name)
def test_dialog(
    row: Row, live_server: LiveServer, signed_in: Page, assert_stands: Stands
) -> None:
    address = reverse(row.name, kwargs=dict(row.given()))
    signed_in.goto(f"{live_server.url}/account/sessions")
    signed_in.wait_for_load_state()
    signed_in.evaluate(OPEN_AS_DIALOG, address)
    expect(signed_in.get_by_role("dialog")).to_be_visible()
    assert_stands(signed_in, TWO_LOOKS)
