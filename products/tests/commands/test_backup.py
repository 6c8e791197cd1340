"""manage.py backup."""

import json
import stat
from io import StringIO
from zipfile import ZipFile

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from products.backups import writing
from products.backups.refusals import BackupRefused
from products.backups.restoring import restore_backup
from products.backups.writing import write_backup
from products.models import Product, StockMovement
from products.reports.stock_check import check_stock
from products.services.ledger_head import ledger_head
from products.tests.backups.shops import empty_shop, fill_shop
from products.tests.concurrency.racing import race
from products.tests.factories import adjust, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "shop.zip"


def run(*arguments):
    out = StringIO()
    call_command("backup", *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


def quiet(*_step):
    return None


class TestTheFile:
    def test_what_is_said(self, path, media_root):
        fill_shop(media_root)
        out = run(path)
        assert f"Wrote {path}" in out
        assert "products 2," in out
        assert "pictures 1." in out
        assert f"Ledger head: {ledger_head()}" in out
        assert "password hashes" in out

    def test_only_its_owner_can_read_it(self, path):
        run(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_manifest(self, path, media_root):
        fill_shop(media_root)
        run(path)
        with ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
        rows = {table["table"]: table["rows"] for table in manifest["tables"]}
        assert rows["products.Product"] == 2
        assert rows["products.StockMovement"] == StockMovement.objects.count()
        assert manifest["ledger_head"] == ledger_head()
        assert manifest["migrations"]["products"][0].startswith("0001")
        assert manifest["media_files"] == 1

    def test_rows_are_written_the_same_on_every_database(self, path, media_root):
        """A backup of one database is restored into another."""
        mug = fill_shop(media_root)
        run(path)
        row = read_rows(path, "products.Product")[0]
        assert row["sku"] == "MUG-é1"
        assert (row["price"], row["cost"]) == ("12.90", "3.123456")
        assert row["created_at"] == mug.created_at.isoformat()
        assert row["created_at"].endswith("+00:00")
        assert "available" not in row, "a generated column comes by itself"

    def test_who_is_signed_in_is_left_out(self, path):
        Session.objects.create(session_key="x", expire_date=timezone.now())
        run(path)
        with ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if "Session" in name]

    def test_links_and_hidden_files_of_the_media_folder_are_left_out(
        self, path, media_root
    ):
        fill_shop(media_root)
        (media_root / "secrets").symlink_to("/etc/passwd")
        (media_root / ".restore-1").mkdir()
        (media_root / ".restore-1" / "0").write_bytes(b"x")
        assert "pictures 1." in run(path)


def read_rows(path, table):
    with ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        columns = next(t["columns"] for t in manifest["tables"] if t["table"] == table)
        lines = archive.read(f"data/{table}.jsonl").splitlines()
    return [dict(zip(columns, json.loads(line), strict=True)) for line in lines]


class TestWrongUse:
    def test_a_file_that_is_there_is_kept(self, path):
        path.write_text("precious")
        with pytest.raises(CommandError, match="is there already"):
            run(path)
        assert path.read_text() == "precious"

    def test_force_replaces_it(self, path):
        path.write_text("old")
        run(path, "--force")
        assert ZipFile(path).testzip() is None

    def test_a_folder_that_is_not_there(self, path):
        with pytest.raises(CommandError, match="There is no folder"):
            run(path.parent / "missing" / "shop.zip")

    def test_not_into_the_media_folder(self, media_root):
        media_root.mkdir()
        with pytest.raises(CommandError, match="in the media folder"):
            run(media_root / "shop.zip")

    def test_nothing_is_left_of_a_backup_that_failed(self, path, monkeypatch):
        def fail():
            message = "no head"
            raise BackupRefused(message)

        path.write_text("old")
        monkeypatch.setattr(writing, "ledger_head", fail)
        with pytest.raises(CommandError, match="no head"):
            run(path, "--force")
        assert [each.name for each in path.parent.iterdir()] == ["shop.zip"]
        assert path.read_text() == "old"


@pytest.mark.django_db(transaction=True)
class TestWhileTheSiteRuns:
    def test_one_moment_is_saved(self, path):
        """Somebody sells after each table; the backup is of before the first sale."""
        product = make_product(stock=50)
        head = ledger_head()

        def sell(*_step):
            (answer,) = race(lambda _number: adjust(product, -1), 1)
            assert not isinstance(answer, Exception), answer

        manifest = write_backup(path, progress=sell)
        assert manifest.ledger_head == head != ledger_head()
        empty_shop()
        restore_backup(path, progress=quiet)
        assert check_stock().ok
        assert Product.objects.get().on_hand == 50


@pytest.mark.django_db(transaction=True)
class TestVerify:
    def test_a_sound_shop(self, path, media_root):
        fill_shop(media_root)
        assert run(path, "--verify").startswith("Verified: ")
        assert path.exists()

    def test_a_shop_that_fails_the_check(self, path):
        product = make_product(stock=5)
        Product.objects.filter(pk=product.pk).update(on_hand=6)
        with pytest.raises(CommandError, match=r"stand the test \(check_stock\)"):
            run(path, "--verify")
        assert not path.exists()
