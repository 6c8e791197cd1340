"""A saved view goes at once, and comes back at once."""

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page, expect

from products.services.saved_views import add_view
from products.tests.factories import make_product

Visit = Callable[[str], Page]


def test_remove_and_undo(admin: AbstractBaseUser, visit: Visit) -> None:
    make_product(stock=1, reorder_point=5)
    view = add_view(user_id=int(admin.pk), name="Running out", address="stock=low")
    page = visit(f"/dashboard?view={view.pk}&stock=low")
    tab = page.get_by_role("link", name="Running out", exact=True)
    page.get_by_label("More for the view “Running out”").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("The view “Running out” is removed.")).to_be_visible()
    expect(tab).to_be_hidden()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("The view “Running out” is back.")).to_be_visible()
    expect(tab).to_have_attribute("aria-current", "page")
