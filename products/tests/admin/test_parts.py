"""What our templates draw of a list is what Django's own would draw."""

import re
from pathlib import Path

import django.contrib.admin
import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers
from django.template.backends.django import DjangoTemplates
from django.test.html import parse_html
from django.urls import reverse
from django.utils import translation

from products.models import Brand
from products.tests.factories import add_many

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model._meta.app_label == "products"]
PRODUCTS = "/admin/products/product/"
THEIRS = DjangoTemplates(
    {
        "NAME": "theirs",
        "DIRS": [Path(django.contrib.admin.__file__).parent / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {},
    }
)
OF_ACTIONS = (
    *("action_form", "actions_selection_counter", "cl", "module_name"),
    *("selection_note", "selection_note_all"),
)
HEAD = re.compile(r"<thead>.*</thead>", re.DOTALL)
ACTIONS = re.compile(r'<div class="actions">.*?</div>', re.DOTALL)
FILTER = re.compile(r"<details data-filter-title.*?</details>", re.DOTALL)


def lists(client):
    """Each list as it is, and that of products sorted, searched and filtered."""
    for model in OURS:
        name = f"admin:products_{model._meta.model_name}_changelist"
        yield client.get(reverse(name))
    for query in ("o=-2", "o=3", "status__exact=active&q=mug", "stock_status=out&o=2"):
        yield client.get(f"{PRODUCTS}?{query}")


@pytest.fixture(params=["en", "de"])
def language(request, root):
    root.person.language = request.param
    root.person.save(update_fields=["language"])
    with translation.override(request.param):
        assert f'<html lang="{request.param}"' in text_of(root.get(PRODUCTS))
        yield


@pytest.mark.usefixtures("language", "one_of_each")
class TestAsDjango:
    def test_headlines(self, root):
        for page in lists(root):
            headers = list(result_headers(page.context["cl"]))
            given = {"result_headers": headers, "results": [[]]}
            assert_alike(HEAD, page, drawn_by_django("change_list_results", given))

    def test_filters(self, root):
        for page in lists(root):
            changes = page.context["cl"]
            plain = [
                it for it in changes.filter_specs if it.template == "admin/filter.html"
            ]
            drawn = FILTER.findall(text_of(page))
            theirs = [
                drawn_by_django(
                    "filter", {"title": it.title, "choices": list(it.choices(changes))}
                )
                for it in plain
            ]
            ours = [it for it in drawn if "chosen-filter" not in it]
            assert list(map(parse_html, ours)) == list(map(parse_html, theirs))

    def test_actions(self, root):
        for page in lists(root):
            if page.context["action_form"]:
                given = {name: page.context[name] for name in OF_ACTIONS}
                assert_alike(ACTIONS, page, drawn_by_django("actions", given))


def test_actions_of_a_list_that_was_not_counted(root, short):
    add_many(12)
    page = text_of(root.get(PRODUCTS))
    assert '<span class="action-counter" data-actions-icnt="4">0 of 4' in page
    assert "Select all" not in page.replace("Select all objects on this page", "")


def test_actions_are_those_somebody_may_do(client, admin):
    admin.groups.get().permissions.filter(codename="delete_product").delete()
    client.force_login(admin)
    page = text_of(client.get(PRODUCTS))
    assert "Archive the selected products" in page
    assert "delete_selected" not in page


def test_a_name_in_a_box_is_text(root):
    brand = Brand.objects.create(name="<b>%s & {x}")
    page = text_of(root.get(PRODUCTS, {"brand__id__exact": brand.pk}))
    assert "selected>&lt;b&gt;%s &amp; {x}</option>" in page


def test_what_is_searched_stays_text_in_every_link(root, one_of_each):
    page = text_of(root.get(PRODUCTS, {"q": '"><script>mug', "o": "2"}))
    assert "<script>mug" not in page


def drawn_by_django(name, given):
    return THEIRS.get_template(f"admin/{name}.html").render(given)


def text_of(page) -> str:
    return page.content.decode()


def assert_alike(part, page, theirs):
    ours, theirs = part.findall(text_of(page)), part.findall(theirs)
    assert len(ours) == 1
    assert parse_html(ours[0]) == parse_html(theirs[0])
