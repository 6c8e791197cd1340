"""Django's admin: who may do what with each kind of row, from its own registry."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from accounts.tests.people import make_superuser, make_user
from inventory_site.tests.permission_rows.admin import ADMIN, PAGES, SITE_PAGES
from inventory_site.tests.test_permissions import METHODS_OF_NOBODY
from products.tests.admin.one_of_each import make_one_of_each

pytestmark = pytest.mark.django_db

MODELS = {model._meta.label_lower: model for model in admin.site._registry}
OUTSIDE = ["anonymous", "regular", "clerk"]
MISSING = 999_999
PIA = "pia@example.com"


@pytest.fixture
def superuser() -> User:
    return make_superuser()


@pytest.fixture
def rows() -> None:
    make_one_of_each()
    make_user(PIA, name="Pia")
    Group.objects.create(name="Of the shop")
    DBTaskResult.objects.create(args_kwargs={}, task_path="a", backend_name="default")


def client_of(role: str, request: pytest.FixtureRequest) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))
    return client


def row_of(model: type[Model]) -> Model:
    """A row that is not guarded: a person without rights, a group that is no role."""
    if model is User:
        return User.objects.get(email=PIA)
    return model._default_manager.latest("pk")


def pages_of(model: type[Model]) -> list[str]:
    """Return the pages the admin has for a model, by the last words of their names."""
    prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
    names = [p.name for p in admin.site._registry[model].get_urls() if p.name]
    return [
        name.removeprefix(prefix).removeprefix("auth_user_")
        for name in dict.fromkeys(names)
    ]


def address_of(model: type[Model], page: str, pk: object) -> str:
    meta = model._meta
    name = f"{meta.app_label}_{meta.model_name}_{page}"
    if page == "password_change":
        name = "auth_user_password_change"
    args = [] if page in {"changelist", "add"} else [pk]
    return reverse(f"admin:{name}", args=args)


def answers(client: Client, method: str, address: str) -> int:
    return int(client.generic(method, address).status_code)


def test_each_model_and_page_has_a_row() -> None:
    assert set(MODELS) == set(ADMIN)
    for model in MODELS.values():
        assert set(pages_of(model)) <= set(PAGES)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("role", ["admin", "superuser"])
@pytest.mark.parametrize("label", ADMIN)
def test_of_each_model(label: str, role: str, request: pytest.FixtureRequest) -> None:
    """By each page and method, for a row there is and one there isn't."""
    client, model, letters = (
        client_of(role, request),
        MODELS[label],
        set(getattr(ADMIN[label], role)),
    )
    for page in pages_of(model):
        for method, needed in zip(("GET", "POST"), PAGES[page], strict=True):
            there = answers(client, method, address_of(model, page, row_of(model).pk))
            gone = answers(client, method, address_of(model, page, MISSING))
            if not needed:
                assert there == gone == 405
            elif letters & set(needed):
                assert there in {200, 302}, (page, method)
                assert gone in {200, 302, 404}
            else:
                assert there == gone == 403, (page, method)
        for method in METHODS_OF_NOBODY:
            assert answers(client, method, address_of(model, page, MISSING)) == 405


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_else_comes_in(role: str, request: pytest.FixtureRequest) -> None:
    """The same answer everywhere, whether there is such a row or not."""
    client = client_of(role, request)
    door = reverse("account_login" if role == "anonymous" else "admin:login")
    for model in MODELS.values():
        for page in pages_of(model):
            for pk in (row_of(model).pk, MISSING):
                response = client.get(address_of(model, page, pk))
                assert response.status_code == 302
                assert response["Location"].startswith(f"{door}?next=")


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    "label",
    [name for name, row in ADMIN.items() if not set("acd") & set(row.superuser)],
)
def test_history_is_not_written_by_any_action(label: str, superuser: User) -> None:
    client, model = Client(), MODELS[label]
    client.force_login(superuser)
    before = list(model._default_manager.order_by("pk").values())
    fields = {field.name: "1" for field in model._meta.fields}
    for action in ("delete_selected", "archive", "make_default", "nonsense"):
        picked = {
            "action": action,
            "_selected_action": [row_of(model).pk],
            "post": "yes",
        }
        for extra in ({}, {"select_across": "1", "index": "0"}):
            client.post(address_of(model, "changelist", 0), picked | extra)
    for page in ("add", "change", "delete"):
        sent = fields | {"post": "yes", "_save": "1"}
        response = client.post(address_of(model, page, row_of(model).pk), sent)
        assert response.status_code == 403
    assert list(model._default_manager.order_by("pk").values()) == before


def site_pages() -> Iterator[str]:
    models = {name for model in MODELS.values() for name in _names(model)}
    for pattern in admin.site.get_urls():
        name = getattr(pattern, "name", None)
        if name and name not in models:
            yield name


def _names(model: type[Model]) -> list[str]:
    return [url.name for url in admin.site._registry[model].get_urls() if url.name]


def test_each_page_of_the_whole_has_a_row() -> None:
    assert set(site_pages()) == set(SITE_PAGES)


@pytest.mark.parametrize("name", SITE_PAGES)
def test_of_each_page_of_the_whole(name: str, admin: User) -> None:
    client = Client()
    client.force_login(admin)
    try:
        address = reverse(f"admin:{name}")
    except NoReverseMatch:
        args = ["products"] if name == "app_list" else [MISSING, 1]
        address = reverse(f"admin:{name}", args=args)
    get, post = SITE_PAGES[name]
    assert answers(client, "GET", address) == get
    assert answers(client, "POST", address) == (post or 405)
