import pytest
from django.urls import reverse

from products.importing.tasks import start_applying
from products.services.undo import undo_operation
from products.tests.factories import by
from products.tests.importing.files import TESS, import_text, plan_text

URL = "/imports"
TEXT = "sku,name\nA,Mug\n,x\n"


def content_of(client, **query):
    return client.get(URL, query).content.decode()


def test_the_address():
    assert reverse("products:import_list") == URL


def test_an_empty_list_says_what_to_do(as_admin):
    content = content_of(as_admin)
    assert "Nothing was imported yet" in content
    assert reverse("products:import_add") in content


def test_each_file_has_its_figures_and_its_state(as_admin):
    run = import_text(TEXT).run
    content = content_of(as_admin)
    assert f'href="{run.get_absolute_url()}"' in content
    assert "Tess Tester" in content
    assert "1 new, 0 changed, 1 refused" in content
    assert "Imported" in content


def test_a_preview_waits(as_admin):
    plan_text(TEXT)
    assert "Ready to apply" in content_of(as_admin)


def test_figures_are_those_of_what_was_done(as_admin):
    run = plan_text("sku,name\nA,Mug\nB,Cup\n")
    as_admin.post(f"/imports/{run.pk}/tick", {"show": "new", "shown": [2]})
    assert "2 new" in content_of(as_admin)
    start_applying(run, TESS)
    assert "1 new" in content_of(as_admin)


def test_what_was_discarded_has_no_figures(as_admin):
    run = plan_text(TEXT)
    as_admin.post(f"/imports/{run.pk}/discard")
    content = content_of(as_admin)
    assert "Discarded" in content
    assert "0 refused" not in content


def test_what_was_undone_says_so(as_admin):
    run = import_text(TEXT).run
    undo_operation(operation_id=run.operation_id, circumstances=by())
    assert "Undone" in content_of(as_admin)


def test_search_by_a_part_of_the_name(as_admin):
    plan_text(TEXT, file_name="spring.csv")
    plan_text(TEXT, file_name="autumn.csv")
    content = content_of(as_admin, find="SPRI")
    assert "spring.csv" in content
    assert "autumn.csv" not in content


def test_a_search_without_result_offers_the_way_back(as_admin):
    content = content_of(as_admin, find="winter")
    assert "No file is called “winter”" in content
    assert "Clear the search" in content


def test_a_long_list_has_pages(as_admin):
    for _ in range(30):
        plan_text(TEXT)
    first = as_admin.get(URL).context
    second = as_admin.get(URL + first["key_page"].next_url).context
    assert (len(first["runs"]), len(second["runs"])) == (25, 5)
    assert as_admin.get(URL, {"after": "x"}).status_code == 200


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_runs(as_admin, django_assert_max_num_queries):
    import_text(TEXT)
    as_admin.get(URL)
    for _ in range(20):
        import_text(TEXT)
    with django_assert_max_num_queries(8):
        as_admin.get(URL)


def test_clerks_may_not(as_clerk):
    assert as_clerk.get(URL).status_code == 403
