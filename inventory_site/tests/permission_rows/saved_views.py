"""The addresses of a person's own views of the list of products."""

from collections.abc import Mapping

from accounts.models import User
from inventory_site.tests.permission_rows.row import LOGIN, Row
from products.services.saved_views import add_view


def own_view() -> Mapping[str, object]:
    """A view of whoever looks: the only one there is; of somebody where nobody does."""
    owner = User.objects.first() or User.objects.create_user("other@example.com")
    return {"pk": add_view(user_id=owner.pk, name="Low", address="stock=low").pk}


def anothers_view() -> Mapping[str, object]:
    owner = User.objects.create_user("other@example.com")
    return {"pk": add_view(user_id=owner.pk, name="Low", address="stock=low").pk}


SAVED_VIEWS = [
    Row("products:saved_view_add", "GET", LOGIN, 200, 200, 200),
    Row("products:saved_view_add", "POST", LOGIN, 200, 200, 200),
    Row("products:saved_view_rename", "GET", LOGIN, 200, 200, 200, own_view),
    Row("products:saved_view_rename", "POST", LOGIN, 200, 200, 200, own_view),
    Row("products:saved_view_remove", "POST", LOGIN, 302, 302, 302, own_view),
    Row("products:saved_view_restore", "POST", LOGIN, 302, 302, 302),
    Row("products:saved_view_replace", "POST", LOGIN, 302, 302, 302, own_view),
    Row("products:saved_view_move", "POST", LOGIN, 302, 302, 302, own_view),
    Row("products:saved_view_start", "POST", LOGIN, 302, 302, 302, own_view),
    Row("products:saved_view_rename", "GET", LOGIN, 404, 404, 404, anothers_view),
    Row("products:saved_view_rename", "POST", LOGIN, 404, 404, 404, anothers_view),
    Row("products:saved_view_remove", "POST", LOGIN, 404, 404, 404, anothers_view),
    Row("products:saved_view_replace", "POST", LOGIN, 404, 404, 404, anothers_view),
    Row("products:saved_view_move", "POST", LOGIN, 404, 404, 404, anothers_view),
    Row("products:saved_view_start", "POST", LOGIN, 404, 404, 404, anothers_view),
    Row("products:columns_choose", "POST", LOGIN, 302, 302, 302),
]
