"""The three roles, signed in, as the tests of views have them."""

from products.tests.views.conftest import as_admin, as_clerk  # noqa: F401  (fixtures)
