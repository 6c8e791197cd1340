"""The rows of an import on its page: searched, paged, and who sees what of them."""

import pytest
from django.contrib.auth.models import Permission

from products.models import ImportRow, Product
from products.tests.factories import make_product
from products.tests.importing.files import plan_text
from products.tests.importing.jobs import edit
from products.tests.importing.order_files import line, order, text_of

TEXT = "sku,name,price,cost,barcode\nNEW,Mug,1,2,4.0E+12\nOLD,Cup,2,3,\nBAD,Jug,x,y,\n"


@pytest.fixture
def run(db):
    make_product(sku="OLD", name="Cup", price=1, cost=1)
    return plan_text(TEXT)


def show(client, run, section="", **query):
    query |= {"show": section} if section else {}
    return client.get(run.get_absolute_url(), query).content.decode()


class TestSearchAndPages:
    @pytest.fixture
    def many(self, db):
        rows = "".join(f"A{n},Mug {n},{n}\n" for n in range(60))
        bad = "".join(f"B{n},Cup,dear{n}\n" for n in range(60))
        return plan_text(f"sku,name,price\n{rows}{bad}")

    @pytest.mark.parametrize("section", ["new", "refused"])
    def test_pages_by_key_in_the_order_of_the_file(self, as_admin, many, section):
        url = f"{many.get_absolute_url()}?show={section}"
        first = as_admin.get(url).context
        second = as_admin.get(
            many.get_absolute_url() + first["key_page"].next_url
        ).context
        records = [each.row.record for each in [*first["rows"], *second["rows"]]]
        assert len(first["rows"]) == 50
        assert len(records) == 60
        assert records == sorted(set(records))

    def test_notes_of_one_record_may_fill_more_than_a_page(self, as_admin):
        rows = "".join(f"A{n},Mug,x,bad\n" for n in range(40))
        run = plan_text(f"sku,name,barcode,image_url\n{rows}")
        url = f"{run.get_absolute_url()}?show=notes"
        seen, query = [], "?show=notes"
        while query:
            context = as_admin.get(run.get_absolute_url() + query).context
            seen += [finding.pk for finding in context["rows"]]
            query = context["key_page"].next_url
        assert as_admin.get(url).context["counts"]["notes"] == len(set(seen))
        assert len(seen) == len(set(seen))

    @pytest.mark.parametrize("text", ["a59", "mug 59", "61"])
    def test_search_by_sku_name_or_row(self, as_admin, many, text):
        response = as_admin.get(many.get_absolute_url(), {"show": "new", "find": text})
        assert [each.row.sku for each in response.context["rows"]] == ["A59"]

    def test_refused_records_are_found_by_their_cell(self, as_admin, many):
        query = {"show": "refused", "find": "DEAR17"}
        response = as_admin.get(many.get_absolute_url(), query)
        assert len(response.context["rows"]) == 1

    def test_notes_are_found_by_the_product(self, as_admin, run):
        assert "rounded" in show(as_admin, run, "notes", find="new")
        assert "rounded" not in show(as_admin, run, "notes", find="OLD")

    def test_a_search_without_result_offers_the_way_back(self, as_admin, many):
        content = show(as_admin, many, "new", find="nothing like it")
        assert "Nothing here matches “nothing like it”" in content
        assert "Clear the search" in content

    @pytest.mark.parametrize(
        "section", ["new", "refused", "unchanged", "notes", "changed"]
    )
    def test_queries_do_not_grow_with_the_rows(
        self, as_admin, many, section, django_assert_max_num_queries
    ):
        show(as_admin, many, section)
        with django_assert_max_num_queries(11):
            show(as_admin, many, section)


class TestOrders:
    @pytest.fixture
    def sales(self, db):
        make_product(sku="MUG", name="Mug", stock=9)
        return plan_text(text_of(order("#1001", line("MUG", 2))))

    def test_a_sale_says_its_order_and_what_it_takes(self, as_admin, sales):
        content = show(as_admin, sales)
        assert "#1001, 2025-10-07 07:50" in content
        assert "−2" in content

    def test_words_are_those_of_sales(self, as_admin, sales):
        content = show(as_admin, sales)
        assert "1 sold and 0 taken back" in content
        assert "Apply 1 order line" in content

    def test_applied_it_counts_sales(self, as_admin, sales):
        response = as_admin.post(f"{sales.get_absolute_url()}/apply", follow=True)
        assert "imported: 1 sale, 0 taken back." in response.content.decode()
        assert Product.objects.get(sku="MUG").on_hand == 7
        assert ImportRow.objects.get(run=sales).is_accepted


class TestCosts:
    @pytest.fixture
    def helper(self, client, clerk):
        clerk.user_permissions.add(Permission.objects.get(codename="import_products"))
        client.force_login(clerk)
        return client

    def test_are_for_those_who_may_see_them(self, helper, run):
        content = show(helper, run, "changed")
        assert "<ins>€2.00</ins>" in content
        assert "<ins>€3.00</ins>" not in content
        assert "not shown to you" in content

    def test_in_refused_cells_too(self, helper, run):
        content = show(helper, run, "refused")
        assert ">x<" in content
        assert ">y<" not in content

    def test_nobody_finds_by_what_is_hidden(self, helper, admin, run):
        assert "Nothing here matches" in show(helper, run, "refused", find="y")
        helper.force_login(admin)
        assert "Nothing here matches" not in show(helper, run, "refused", find="y")

    def test_the_refused_ones_are_not_offered(self, helper, run):
        assert "refused.csv" not in show(helper, run, "refused")

    def test_are_shown_to_others(self, as_admin, run):
        assert "<ins>€3.00</ins>" in show(as_admin, run, "changed")


def test_a_row_leads_to_its_product_whatever_its_sku_is_by_now(as_admin, run):
    product = Product.objects.get(sku="OLD")
    edit(product, sku="OTHER")
    make_product(sku="OLD", name="Another cup")
    content = show(as_admin, run, "changed")
    assert f'href="{product.get_absolute_url()}"' in content
