"""manage.py restore."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from products.backups import restoring
from products.models import Category, Location, Operation, Product, ProductChange
from products.models.guards import missing_guards
from products.reports.stock_check import check_stock
from products.services.deleting import delete_product
from products.services.undo import undo_operation
from products.tests.backups.forging import edit_manifest, rewrite
from products.tests.backups.shops import contents, empty_shop, fill_shop
from products.tests.factories import adjust, by, make_product

pytestmark = pytest.mark.django_db(transaction=True)
CHANGED = "was changed or damaged"
INCONSISTENT = "The backup is inconsistent"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "shop.zip"


@pytest.fixture
def saved(path, media_root):
    """What was in the shop that is in the backup now; the database is empty again."""
    fill_shop(media_root)
    call_command("backup", str(path), stdout=StringIO(), stderr=StringIO())
    before = contents()
    empty_shop()
    media_root.rename(media_root.with_name("media-before"))
    return before


def run(*arguments):
    out = StringIO()
    call_command("restore", *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


def assert_refused(path, sentence, media_root):
    """The command says why, and leaves nothing behind."""
    before = contents()
    with pytest.raises(CommandError, match=sentence):
        run(path)
    assert contents() == before
    assert not [file for file in media_root.rglob("*") if file.is_file()]


class TestThereAndBack:
    def test_every_row_and_picture(self, path, saved, media_root, security_lines):
        out = run(path)
        assert security_lines.only("backup_restored")["facts"]["file"] == str(path)
        assert contents() == saved
        assert (media_root / "products/mug.webp").read_bytes() == b"a picture"
        assert [each.name for each in media_root.iterdir()] == ["products"]
        assert f"Restored {path}" in out
        assert "products 2," in out

    def test_the_ledger_stands_and_is_guarded(self, path, saved):
        run(path)
        assert check_stock().ok
        assert missing_guards(connection) == []

    def test_work_goes_on(self, path, saved):
        run(path)
        product = Product.objects.get(sku="MUG-é1")
        adjust(product, 1)
        make_product(stock=1)
        Category.objects.create(name="New")
        assert check_stock().ok

    def test_undo_of_what_was_done_before(self, path, saved):
        run(path)
        deletion = ProductChange.objects.deletions().get(sku="GONE").operation
        undo_operation(operation_id=deletion.pk, circumstances=by())
        assert Product.objects.get(sku="GONE").on_hand == 7

    def test_the_id_of_a_deleted_product_is_not_given_again(self, path, media_root):
        fill_shop(media_root)
        last = make_product(sku="LAST")
        delete_product(product_id=last.pk, circumstances=by())
        call_command("backup", str(path), stdout=StringIO(), stderr=StringIO())
        empty_shop()
        run(path)
        assert make_product().pk > last.pk

    def test_pictures_elsewhere(self, path, saved, tmp_path, media_root):
        run(path, "--media-root", tmp_path / "elsewhere")
        assert (tmp_path / "elsewhere/products/mug.webp").exists()
        assert not media_root.exists()

    def test_a_picture_that_is_there_already(self, path, saved, media_root):
        (media_root / "products").mkdir(parents=True)
        (media_root / "products/mug.webp").write_bytes(b"a picture")
        run(path)
        assert contents() == saved


class TestRefusals:
    def test_a_database_with_something_in_it(self, path, saved):
        make_product(sku="MINE")
        with pytest.raises(CommandError, match="This database is not empty"):
            run(path)
        assert Product.objects.get().sku == "MINE"

    def test_a_database_with_a_place_of_its_own(self, path, saved):
        Location.objects.create(code="SHED", name="Shed")
        with pytest.raises(CommandError, match=r"2 rows of products\.Location"):
            run(path)

    def test_another_picture_of_this_name(self, path, saved, media_root):
        picture = media_root / "products/mug.webp"
        picture.parent.mkdir(parents=True)
        picture.write_bytes(b"another")
        with pytest.raises(CommandError, match="is there already, with other content"):
            run(path)
        assert picture.read_bytes() == b"another"
        assert not Product.objects.exists()

    def test_a_media_folder_that_leads_out(self, path, saved, media_root, tmp_path):
        media_root.mkdir()
        (media_root / "products").symlink_to(tmp_path)
        with pytest.raises(CommandError, match="leads out of the media folder"):
            run(path)
        assert not (tmp_path / "mug.webp").exists()

    def test_a_backup_of_a_newer_program(self, path, saved, media_root):
        def add_one(manifest):
            manifest["migrations"]["products"].append("0999_later")

        edit_manifest(path, add_one)
        assert_refused(path, "newer version.*products.0999_later", media_root)

    def test_a_backup_of_an_older_program(self, path, saved, media_root):
        edit_manifest(path, lambda manifest: manifest["migrations"].pop("products"))
        assert_refused(path, "older version.*products.0001", media_root)

    @pytest.mark.parametrize("value", [None, 2, "1; DROP"])
    def test_another_format(self, path, saved, media_root, value):
        edit_manifest(path, lambda manifest: manifest.update(format=value))
        assert_refused(path, "another format", media_root)

    @pytest.mark.parametrize("key", ["tables", "media", "migrations", "ledger_head"])
    def test_a_manifest_that_lacks_something(self, path, saved, media_root, key):
        edit_manifest(path, lambda manifest: manifest.pop(key))
        assert_refused(path, "manifest is damaged", media_root)


class TestTampering:
    @pytest.mark.parametrize(
        "member", ["data/products.StockMovement.jsonl", "media/products/mug.webp"]
    )
    def test_a_member_that_was_changed(self, path, saved, media_root, member):
        def change(members):
            members[member] = members[member].replace(b"a", b"b")

        rewrite(path, change)
        assert_refused(path, CHANGED, media_root)

    @pytest.mark.parametrize("member", ["media.jsonl", "manifest.json"])
    def test_a_member_that_is_gone(self, path, saved, media_root, member):
        rewrite(path, lambda members: members.pop(member))
        assert_refused(path, f"lacks “{member}”", media_root)

    def test_a_member_too_many(self, path, saved, media_root):
        rewrite(path, lambda members: members.update({"media/evil.webp": b"x"}))
        assert_refused(path, "its manifest doesn't know", media_root)

    def test_a_head_that_is_not_that_of_the_rows(self, path, saved, media_root):
        edit_manifest(path, lambda manifest: manifest.update(ledger_head="0" * 64))
        assert_refused(path, f"{INCONSISTENT}: its ledger head", media_root)

    def test_a_count_that_is_not_that_of_the_rows(self, path, saved, media_root):
        edit_manifest(path, lambda manifest: manifest["tables"][0].update(rows=99))
        assert_refused(path, f"{INCONSISTENT}: the rows", media_root)

    def test_other_columns(self, path, saved, media_root):
        def rename(manifest):
            manifest["tables"][0]["columns"][0] = "x) VALUES (1); DROP TABLE y; --"

        edit_manifest(path, rename)
        assert_refused(path, "doesn't fit the tables here", media_root)


class TestAllOrNothing:
    @pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
    def test_stopped_in_the_middle(self, path, saved, media_root, monkeypatch, failure):
        write_rows = restoring.write_rows

        def stop_at_movements(table, lines):
            yield from write_rows(table, lines)
            if table.label == "products.StockMovement":
                raise failure

        monkeypatch.setattr(restoring, "write_rows", stop_at_movements)
        before = contents()
        with pytest.raises(failure):
            run(path)
        assert contents() == before
        assert not Operation.objects.exists()
        assert list(media_root.iterdir()) == []
