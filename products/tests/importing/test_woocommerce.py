from decimal import Decimal

import pytest

from products.importing.registry import choose_format
from products.models import Category, Product
from products.tests.factories import make_product
from products.tests.importing.files import counts, import_text, notes, product, refused
from products.tests.importing.test_registry import table

pytestmark = pytest.mark.django_db

FULL = """\
ID,Type,SKU,"GTIN, UPC, EAN, or ISBN",Name,Published,Short description,Description,\
Stock,Low stock amount,Weight (kg),Sale price,Regular price,Categories,Tags,Images,\
Brands,Meta: _x
7,"simple, virtual",MUG,4006381333931,Mug,1,Short,<p>Soft &amp; <b>warm</b></p>,4,2,\
.35,8,9.90,"Kitchen, Kitchen > Mugs\\, cups, Gifts","a, b","https://x.example/1.jpg, \
https://x.example/2.jpg",Acme,x
"""
ONCE = "This holds for the whole file."
HEADER = "Type,SKU,Name,Regular price,Published,Categories"


def simple(**cells: str) -> str:
    """A file with one simple product and the columns of `cells`."""
    titles = {"type": "Type", "sku": "SKU", "name": "Name", "status": "Published"}
    row = {"Type": "simple", "SKU": "MUG", "Name": "Mug", "Regular price": "1"}
    row |= {"Published": "1"} | {
        titles.get(name, name.replace("_", " ")): text for name, text in cells.items()
    }
    quoted = (f'"{text}"' for text in row.values())
    return f"{','.join(row)}\n{','.join(quoted)}\n"


def said(text: str, **kwargs) -> list[str]:
    return [note for _record, _column, note in notes(import_text(text, **kwargs))]


def test_a_simple_product():
    outcome = import_text(FULL)
    assert outcome.run.format == "woocommerce"
    assert counts(outcome) == (1, 0, 0, 0)
    mug = product("MUG")
    assert (mug.name, mug.status, mug.group) == ("Mug", "active", None)
    assert (mug.barcode, mug.description) == ("4006381333931", "Soft & warm")
    assert (mug.price, mug.weight) == (Decimal("9.90"), 350)
    assert (mug.on_hand, mug.reorder_point) == (4, 2)
    assert (mug.category.name, mug.category.parent.name) == ("Mugs, cups", "Kitchen")
    assert (mug.tags, mug.brand.name) == ("a, b", "Acme")
    assert mug.image_url == "https://x.example/1.jpg"


def test_what_is_not_kept_is_noted():
    outcome = import_text(FULL)
    assert notes(outcome) == [
        (
            2,
            "Categories",
            "A product has one category here: “Kitchen > Mugs, cups” was taken.",
        ),
        (2, "Sale price", "Sale prices are not kept. The price is the regular one."),
        (
            2,
            "Images",
            "Of several pictures, the first is kept. This holds for the whole file.",
        ),
    ]
    assert [note.value for note in outcome.findings.notes][:2] == ["Meta: _x", "Gifts"]


def test_any_order_and_case_of_the_columns_and_a_bom():
    text = "\ufeffregular PRICE,NAME,published,type,sKu\n5,Mug,1,Simple,M\n"
    assert counts(import_text(text)) == (1, 0, 0, 0)
    assert product("M").price == 5


def test_the_second_import_changes_nothing():
    import_text(FULL)
    assert counts(import_text(FULL, sets_stock=True)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("1", "active"),
        ("0", "draft"),
        ("-1", "draft"),
        ("'-1", "draft"),
        ("TRUE", "active"),
    ],
)
def test_published_is_the_status(written, status):
    import_text(simple(status=written))
    assert product("MUG").status == status


def test_a_blank_or_odd_published_leaves_the_status():
    import_text(simple())
    Product.objects.update(status=Product.Status.ARCHIVED)
    assert counts(import_text(simple(status=""))) == (0, 0, 1, 0)
    assert said(simple(status="9")) == [
        "Not known. Write 1 (published), 0 (private) or -1 (draft)."
    ]
    assert product("MUG").status == "archived"


@pytest.mark.parametrize(
    ("title", "written", "grams"),
    [
        ("Weight (kg)", "1.5", "1500"),
        ("weight (G)", "12.3456", "12.346"),
        ("Weight (lbs)", ".5", "226.796"),
        ("Weight (oz)", "'2", "56.699"),
    ],
)
def test_weight_comes_in_grams(title, written, grams):
    import_text(simple(**{title: written}))
    assert product("MUG").weight == Decimal(grams)


@pytest.mark.parametrize(
    ("column", "written", "reason"),
    [
        ("Regular price", "nine", "Not a number."),
        ("Stock", "many", "Not a number."),
        ("Stock", "parent", "Not a number."),
        ("Weight (kg)", "1kg", "Not a number."),
        ("Weight (kg)", "9" * 50, "The number is too large."),
        ("Low stock amount", "-1", "Below zero."),
        ("Type", "bundle", "This type of product is not known."),
        ("Name", "", "A product needs a name."),
    ],
)
def test_a_record_that_can_not_be_taken_is_refused(column, written, reason):
    assert refused(import_text(simple(**{column: written}))) == [(2, column, reason)]


def test_without_a_price_a_product_is_not_for_sale_yet():
    import_text(simple(**{"Regular price": ""}))
    assert product("MUG").price is None


def test_blank_stock_says_nothing_and_negative_stock_comes_in_as_none():
    import_text(simple(Stock="3"))
    assert counts(import_text(simple(Stock=""), sets_stock=True)) == (0, 0, 1, 0)
    assert said(simple(sku="B", Stock="'-2")) == [
        "-2 can't be stock. It comes in with 0 on hand."
    ]
    assert (product("MUG").on_hand, product("B").on_hand) == (3, 0)


def test_a_blank_type_is_simple():
    assert counts(import_text(simple(type="downloadable"))) == (1, 0, 0, 0)
    assert counts(import_text(simple(type="", sku="B"))) == (1, 0, 0, 0)


def test_grouped_and_external_products_are_noted_and_not_stocked():
    text = f"{HEADER}\ngrouped,A,Set,,1,New\nExternal,B,Pennant,11,1,New\n"
    outcome = import_text(text)
    assert counts(outcome) == (0, 0, 0, 0)
    assert [record for record, _column, _note in notes(outcome)] == [2, 3]
    assert not Category.objects.exists()


def test_the_deepest_category_is_taken_and_the_first_of_several():
    import_text(simple(Categories="A, B > C, B, D > E"))
    assert str(product("MUG").category.parent) == "B"
    assert not Category.objects.filter(name="D").exists()


def test_a_description_keeps_its_breaks_and_loses_its_tags():
    import_text(simple(Description=r"<b>One</b>\nTwo C:\\new &amp; &lt;"))
    assert product("MUG").description == "One\nTwo C:\\new & <"


def test_the_short_description_stands_in_for_a_blank_one():
    import_text(simple(Description="", Short_description="<i>Short</i>"))
    assert product("MUG").description == "Short"
    import_text(simple(Short_description=""))
    assert product("MUG").description == "Short"


def test_the_apostrophes_of_formulas_are_taken_off():
    import_text(simple(sku="'=A'", name="'+1", Tags="'@a, b", Regular_price="'5'"))
    found = Product.objects.get()
    assert (found.sku, found.name, found.tags) == ("=A", "+1", "@a, b")
    assert found.price == 5


def test_what_holds_for_the_whole_file_is_said_once():
    text = (
        "Type,SKU,Name,Regular price,Images,Attribute 1 name,Attribute 1 value(s)\n"
        'variable,V,Tee,,"https://x.example/1.jpg, https://x.example/2.jpg",,\n'
        'simple,A,Mug,1,"https://x.example/1.jpg, https://x.example/2.jpg",Color,Red\n'
        "simple,B,Cup,1,,Color,Blue\n"
    )
    assert [note for note in notes(import_text(text)) if note[1] != "Type"] == [
        (2, "Images", f"Of several pictures, the first is kept. {ONCE}"),
        (
            3,
            "Attribute 1 value(s)",
            "Attributes are kept of variations only, as their options.",
        ),
    ]


def test_a_missing_sku_is_made_of_the_name():
    text = f"{HEADER}\nsimple,,Blue mug,1,1,\n"
    assert said(text) == ["The file gives none, so one was made."]
    assert product("BLUE-MUG").name == "Blue mug"
    assert counts(import_text(text)) == (0, 0, 1, 0)


def test_a_repeated_sku_is_refused_naming_the_first():
    text = f"{HEADER}\nsimple,A,Mug,1,1,\nsimple,a,Cup,1,1,\n"
    assert refused(import_text(text)) == [(3, "SKU", "The same SKU as row 2.")]


def test_a_column_that_is_absent_changes_nothing():
    make_product(sku="MUG", name="Mug", price=Decimal(1), tags="a", weight=5)
    assert counts(import_text(simple())) == (0, 0, 1, 0)
    assert counts(import_text(simple(Tags=""))) == (0, 1, 0, 0)
    assert product("MUG").tags == ""


@pytest.mark.parametrize(
    "header",
    [
        "ID,Type,SKU,Name,Published,Is featured?,Regular price,Categories,Images",
        "sku,name,regular price,categories,parent",
    ],
)
def test_the_header_says_the_format(header):
    assert choose_format(table(header))[0].code == "woocommerce"
