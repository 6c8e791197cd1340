import pytest
from django.urls import reverse

from products.importing.tasks import start_applying
from products.tests.factories import make_product
from products.tests.importing.files import TESS, plan_text

TEXT = "sku,name,price\nA,Blue mug,1\nB,Red cup,2\nC,Red jug,3\nOLD,Pot,4\nBAD,Pan,x\n"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def run(db):
    make_product(sku="OLD", name="Pot", price=1)
    return plan_text(TEXT)


def address(run):
    return reverse("products:import_tick", args=[run.pk])


def ticked(run):
    rows = run.rows.filter(is_accepted=True, outcome__in=["new", "changed"])
    return "".join(rows.values_list("sku", flat=True))


def post(client, run, **data):
    return client.post(address(run), {"show": "new"} | data)


def test_the_address(run):
    assert address(run) == f"/imports/{run.pk}/tick"


def test_the_page_says_which_of_its_rows_are_ticked(as_admin, run):
    response = post(as_admin, run, shown=[2, 3], take=[3], query="show=new&x=//evil")
    assert ticked(run) == "BCOLD"
    assert response.url == f"{run.get_absolute_url()}?show=new&x=%2F%2Fevil#rows"


def test_over_htmx_the_figures_come_back(as_admin, run):
    data = {"show": "new", "shown": [2, 3, 4], "take": [2]}
    content = as_admin.post(address(run), data, headers=HTMX).content.decode()
    assert "1 new and 1 changed" in content
    assert "Apply 2 products" in content
    assert "1 ticked" in content
    assert "<html" not in content


def test_without_a_tick_there_is_nothing_to_apply(as_admin, run):
    post(as_admin, run, set="all-off")
    data = {"show": "changed", "shown": [5]}
    content = as_admin.post(address(run), data, headers=HTMX).content.decode()
    assert "No row is ticked" in content
    assert ">Apply " not in content


def test_those_of_the_page_together(as_admin, run):
    post(as_admin, run, set="page-off", shown=[2, 3])
    assert ticked(run) == "COLD"
    post(as_admin, run, set="page-on", shown=[3])
    assert ticked(run) == "BCOLD"


def test_all_of_a_section_together(as_admin, run):
    post(as_admin, run, set="all-off")
    assert ticked(run) == "OLD"
    post(as_admin, run, set="all-on")
    assert ticked(run) == "ABCOLD"


def test_all_that_match_a_search_together(as_admin, run):
    post(as_admin, run, set="all-off", find="red")
    assert ticked(run) == "AOLD"


def test_a_refused_record_is_never_ticked(as_admin, run):
    post(as_admin, run, shown=[6], take=[6])
    assert not run.rows.get(record=6).is_accepted


@pytest.mark.parametrize(
    "data",
    [
        {"show": "refused", "set": "all-on"},
        {"show": "new", "shown": ["x"]},
        {"show": "new", "shown": ["9" * 30]},
        {"show": "new", "shown": ["²"]},
        {"show": "new", "set": "nonsense"},
        {},
    ],
)
def test_what_makes_no_sense_changes_nothing(as_admin, run, data):
    assert as_admin.post(address(run), data).url == run.get_absolute_url()
    assert ticked(run) == "ABCOLD"


def test_an_applied_one_has_no_ticks_any_more(as_admin, run):
    start_applying(run, TESS)
    data = {"show": "new", "shown": [2]}
    response = as_admin.post(address(run), data, headers=HTMX)
    assert response["HX-Redirect"] == run.get_absolute_url()
    assert ticked(run) == "ABCOLD"


def test_only_by_post(as_admin, run):
    assert as_admin.get(address(run)).status_code == 405


def test_an_unknown_number_is_not_found(as_admin):
    assert as_admin.post("/imports/9/tick", {"show": "new"}).status_code == 404


def test_clerks_may_not(as_clerk, run):
    assert post(as_clerk, run, set="all-off").status_code == 403
    assert ticked(run) == "ABCOLD"
