"""Any catalogue, exported for WooCommerce and imported again, comes back unchanged."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from products.models import Brand, Category, Product, ProductGroup
from products.tests.exporting.test_woocommerce import export
from products.tests.factories import make_category, make_product
from products.tests.importing.files import counts, import_text

ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
ODD = st.sampled_from("=+-@'\"\t\r\n ,;>\\|&n<#＝é\u00a0")
PIECES = st.sampled_from(["\\,", "\\n", "&gt;", "&amp;", "id:1", "<p>", " > ", "  "])
TEXT = st.lists(st.one_of(ODD, ANY, PIECES), max_size=20).map("".join)
# What the forms of the shop let through is trimmed, and a name is never blank.
NAME = TEXT.map(str.strip).filter(lambda text: any(map(str.isalnum, text)))
CODE = st.text(alphabet=st.sampled_from("=+-@'ab01"), min_size=1, max_size=10)
MONEY = st.one_of(st.none(), st.decimals(0, 10**6, places=2))
WEIGHT = st.one_of(st.none(), st.decimals(0, 10**6, places=3))
STATUS = st.sampled_from(Product.Status.values)

VARIANT = st.fixed_dictionaries(
    {
        "sku": CODE,
        "mark": st.sampled_from(["", "'"]),
        "name": NAME,
        "description": TEXT,
        "tags": TEXT,
        "price": MONEY,
        "cost": MONEY,
        "weight": WEIGHT,
        "status": STATUS,
        "reorder_point": st.one_of(st.none(), st.integers(0, 10**6)),
        "image_url": st.sampled_from(["", "https://x.example/a,b\\,&amp;c\\"]),
        "option1": TEXT.map(str.strip),
        "option3": TEXT.map(str.strip),
        "stock": st.integers(0, 10**4),
        "has_references": st.booleans(),
    }
)


class TestRoundTrip(TestCase):
    @settings(max_examples=150)
    @given(
        variants=st.lists(VARIANT, min_size=1, max_size=3),
        names=st.tuples(NAME, NAME, NAME, NAME),
        option_names=st.tuples(TEXT, TEXT, TEXT),
        in_group=st.booleans(),
    )
    def test_what_was_exported_comes_back_as_no_change(
        self, variants, names, option_names, in_group
    ):
        category = make_category(names[0], make_category(names[1]))
        brand = Brand.objects.create(name=names[2])
        group = ProductGroup.objects.create(
            name=names[3],
            handle=names[3],
            **{f"option{n}_name": name for n, name in enumerate(option_names, 1)},
        )
        for place, variant in enumerate(variants):
            fields = dict(variant)
            if fields.pop("has_references"):
                fields |= {"category": category, "brand": brand}
            if in_group:
                fields |= {"group": group, "option2": str(place)}
            else:
                fields |= {"option1": "", "option3": ""}
            fields["sku"] += f"{place}{fields.pop('mark')}"
            make_product(**fields)
        outcome = import_text(export(), sets_stock=True)
        assert counts(outcome) == (0, 0, len(variants), 0), outcome.findings
        assert Product.objects.count() == len(variants)
        assert Category.objects.count() == 2
        assert Brand.objects.count() == ProductGroup.objects.count() == 1
