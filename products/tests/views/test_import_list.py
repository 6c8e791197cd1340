import pytest
from django.urls import reverse

from products.services.undo import undo_operation
from products.tests.factories import by
from products.tests.importing.files import import_text

URL = "/imports"
TEXT = "sku,name\nA,Mug\n,x\n"


@pytest.fixture
def as_admin(client, admin):
    client.force_login(admin)
    return client


def test_the_address():
    assert reverse("products:import_list") == URL


def test_an_empty_list_says_what_to_do(as_admin):
    content = as_admin.get(URL).content.decode()
    assert "Nothing was imported yet" in content
    assert reverse("products:import_add") in content


def test_each_file_has_its_figures_and_its_state(as_admin):
    run = import_text(TEXT).run
    content = as_admin.get(URL).content.decode()
    assert f'href="{run.get_absolute_url()}"' in content
    assert "shop.csv" in content
    assert "Tess Tester" in content
    assert "Imported" in content


def test_what_was_undone_says_so(as_admin):
    run = import_text(TEXT).run
    undo_operation(operation_id=run.operation_id, circumstances=by())
    assert "Undone" in as_admin.get(URL).content.decode()


def test_a_long_list_has_pages(as_admin):
    for _ in range(30):
        import_text(TEXT)
    assert len(as_admin.get(URL).context["runs"]) == 25
    assert len(as_admin.get(URL, {"page": 2}).context["runs"]) == 5
    assert as_admin.get(URL, {"page": "x"}).status_code == 200


def test_the_queries_do_not_grow_with_the_runs(as_admin, django_assert_max_num_queries):
    import_text(TEXT)
    as_admin.get(URL)
    for _ in range(20):
        import_text(TEXT)
    with django_assert_max_num_queries(8):
        as_admin.get(URL)


def test_clerks_may_not(client, clerk):
    client.force_login(clerk)
    assert client.get(URL).status_code == 403
