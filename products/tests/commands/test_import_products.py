import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from products.models import ImportRun, Operation, Product
from products.tests.factories import make_location, make_product

pytestmark = pytest.mark.django_db

GOOD = "sku,name,price,on_hand\nA,Mug,1,5\nB,Cup,2,0\n"
ONE_BAD = "sku,name,price\nA,Mug,1\nB,Cup,x\n"


@pytest.fixture
def path(tmp_path):
    def write(text):
        file = tmp_path / "shop.csv"
        file.write_text(text)
        return file

    return write


def run(*args, **kwargs):
    out = StringIO()
    call_command("import_products", *args, stdout=out, stderr=StringIO(), **kwargs)
    return out.getvalue()


def test_it_imports_and_says_what_it_did(path):
    said = run(path(GOOD))
    assert "shop.csv: Our own CSV, UTF-8, comma, 2 rows" in said
    assert "2 created, 0 changed, 0 unchanged, 0 refused" in said
    operation = Operation.objects.get(kind=Operation.Kind.IMPORTED)
    assert f"Done as operation {operation.pk}." in said
    assert operation.source == Operation.Source.COMMAND
    assert operation.actor_label == "manage.py import_products"


def test_refused_records_are_listed_and_end_in_an_error(path):
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 2 rows were refused") as caught:
        call_command("import_products", path(ONE_BAD), stdout=out, stderr=StringIO())
    assert caught.value.returncode == 1
    assert "row 3, price “x”: Not a number. Write plain digits" in out.getvalue()
    assert Product.objects.get().sku == "A"


def test_json_is_one_document_and_nothing_else(path):
    assert json.loads(run(path(GOOD), "--json")) == {
        "format": "native",
        "encoding": "utf-8",
        "delimiter": "comma",
        "records": 2,
        "created": 2,
        "changed": 0,
        "unchanged": 0,
        "refused": [],
        "new": {"categories": 0, "brands": 0, "groups": 0, "locations": 0},
        "notes": [],
        "operation": Operation.objects.get(kind=Operation.Kind.IMPORTED).pk,
    }


def test_json_names_every_refusal(path):
    out = StringIO()
    with pytest.raises(CommandError):
        call_command(
            "import_products", path(ONE_BAD), "--json", stdout=out, stderr=StringIO()
        )
    assert json.loads(out.getvalue())["refused"] == [
        {
            "record": 3,
            "column": "price",
            "value": "x",
            "reason": "Not a number. Write plain digits, such as 1290 or 12.90.",
        }
    ]


def test_a_dry_run_leaves_no_trace(path):
    said = run(path(GOOD), "--dry-run")
    assert "2 created" in said
    assert "Dry run: nothing was changed." in said
    assert not Product.objects.exists()
    assert not ImportRun.objects.exists()


def test_the_location_takes_the_stock(path):
    back = make_location(code="BACK")
    run(path(GOOD), "--location", "back")
    assert Product.objects.get(sku="A").levels.get().location == back


def test_stock_of_existing_products_moves_only_when_told(path):
    make_product(sku="A", name="Mug", price=1, stock=9)
    run(path(GOOD))
    assert Product.objects.get(sku="A").on_hand == 9
    run(path(GOOD), "--set-stock")
    assert Product.objects.get(sku="A").on_hand == 5


def test_long_lists_are_cut_for_people(path):
    text = "sku,name\nA,Mug\n" + "".join(f"B{n},\n" for n in range(30))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_products", path(text), stdout=out, stderr=StringIO())
    assert "and 10 more; --json lists all" in out.getvalue()


def test_progress_goes_to_the_error_output(path, monkeypatch):
    monkeypatch.setattr("products.importing.planning.ROWS", 10)
    errors = StringIO()
    text = "sku,name\n" + "".join(f"B{n},Mug\n" for n in range(100))
    call_command("import_products", path(text), stdout=StringIO(), stderr=errors)
    assert "Reading: 50 of 100" in errors.getvalue()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["--location", "nowhere"],
            "No location has the code “nowhere”. There are: MAIN",
        ),
        (["--format", "shopify_products"], "needs the columns Handle, Title"),
        (["--format", "excel"], "invalid choice"),
    ],
)
def test_wrong_use_is_said(path, args, said):
    with pytest.raises(CommandError, match=said):
        run(path(GOOD), *args)


def test_a_file_that_is_no_table_is_refused(path):
    with pytest.raises(CommandError, match="The file is empty"):
        run(path(""))


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="can't be read: No such file"):
        run(tmp_path / "gone.csv")


def test_the_same_key_imports_once(path):
    first = run(path(GOOD), "--key", "monday")
    Product.objects.filter(sku="A").update(name="Renamed since")
    again = run(path(GOOD), "--key", "monday")
    assert again == f"Imported before; nothing was changed now.\n{first}"
    assert Product.objects.get(sku="A").name == "Renamed since"
    assert ImportRun.objects.count() == 1


def test_the_same_key_answers_in_json_too(path):
    first = json.loads(run(path(GOOD), "--json", "--key", "monday"))
    again = json.loads(run(path(GOOD), "--json", "--key", "monday"))
    assert again == first | {"repeated": True}


def test_the_same_key_names_the_same_refusals(path):
    said = []
    for _call in range(2):
        out = StringIO()
        with pytest.raises(CommandError, match="1 of 2 rows were refused"):
            call_command(
                "import_products",
                path(ONE_BAD),
                "--key",
                "monday",
                stdout=out,
                stderr=StringIO(),
            )
        said.append(out.getvalue())
    assert said[1].endswith(said[0])
    assert "row 3, price “x”" in said[1]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [(GOOD.replace("Mug", "Jug"), []), (GOOD, ["--set-stock"])],
)
def test_the_same_key_for_something_else(path, text, arguments):
    run(path(GOOD), "--key", "monday")
    with pytest.raises(CommandError, match="“monday” was used for another request"):
        run(path(text), "--key", "monday", *arguments)
    assert Product.objects.get(sku="A").name == "Mug"


def test_a_key_of_another_command(path):
    make_product(sku="MUG-1", stock=5)
    call_command(
        "adjust_stock",
        "MUG-1",
        "+1",
        "--reason=found",
        "--key=monday",
        stdout=StringIO(),
    )
    with pytest.raises(CommandError, match="another request"):
        run(path(GOOD), "--key", "monday")


@pytest.mark.parametrize("key", ["x" * 91, "two\nlines", "\0"])
def test_a_key_that_is_none(path, key):
    with pytest.raises(CommandError, match="90 letters"):
        run(path(GOOD), "--key", key)


def test_a_dry_run_takes_no_key(path):
    with pytest.raises(CommandError, match="dry run"):
        run(path(GOOD), "--dry-run", "--key", "monday")


def test_what_it_makes_besides_products_is_said(path):
    file = path("sku,name,category,brand\nA,Mug,Kitchen > Mugs,Bølge\n")
    said = run(file)
    assert "categories (2): Kitchen, Kitchen > Mugs" in said
    assert "brands (1): Bølge" in said


def test_a_strict_import_makes_nothing_new(path):
    file = path("sku,name,brand\nA,Mug,Bølge\nB,Cup,\n")
    with pytest.raises(CommandError, match="1 of 2 rows were refused"):
        run(file, "--strict")
    assert [each.sku for each in Product.objects.all()] == ["B"]
