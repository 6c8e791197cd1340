"""What the security log is told of imports, backups and restored backups."""

from pathlib import Path

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from inventory_site.security.events import Event
from inventory_site.tests.security_lines import SecurityLines
from products.importing.tasks import start_applying
from products.models import ImportRun
from products.services.operations import Author, Operation
from products.tests.importing.files import plan_text
from products.tests.importing.jobs import planned

pytestmark = pytest.mark.django_db

TEXT = b"sku,name,price,on_hand\nA,Mug,1,5\nB,Cup,x,0\n"


def hand_in(client: Client) -> ImportRun:
    file = SimpleUploadedFile("autumn.csv", TEXT, "text/csv")
    client.post(reverse("products:import_add"), {"file": file})
    return ImportRun.objects.latest("pk")


def test_planned_applied_undone(
    as_admin: Client, admin: AbstractBaseUser, security_lines: SecurityLines
) -> None:
    run = hand_in(as_admin)
    line = security_lines.only("import_planned")
    assert (line["user"], line["page"]) == (admin.pk, "products:import_add")
    assert line["facts"] == {
        "run": run.pk,
        "file": "autumn.csv",
        "format": "native",
        "new": 1,
        "changed": 0,
        "refused": 1,
    }
    as_admin.post(reverse("products:import_apply", args=[run.pk]))
    assert security_lines.only("import_applied")["user"] == admin.pk
    run.refresh_from_db()
    undo = reverse("products:operation_undo", args=[run.operation_id])
    as_admin.post(undo)
    line = security_lines.only("import_undone")
    assert line["facts"]["operation"] == run.operation_id


def test_discarded_by_whoever_did_it(
    as_admin: Client, admin: AbstractBaseUser, security_lines: SecurityLines
) -> None:
    run = planned()
    as_admin.post(reverse("products:import_discard", args=[run.pk]))
    line = security_lines.only("import_discarded")
    assert (line["user"], line["facts"]["run"]) == (admin.pk, run.pk)


def test_file_that_can_not_be_read(db: None, security_lines: SecurityLines) -> None:
    plan_text("")
    assert security_lines.only("import_planned")["outcome"] == "failed"


def test_applied_by_a_worker_in_the_name_of_who_asked(
    admin: AbstractBaseUser, security_lines: SecurityLines
) -> None:
    author = Author.for_user(admin, Operation.Source.SITE)
    start_applying(planned(), author)
    line = security_lines.only("import_applied")
    assert (line["user"], line["via"]) == (admin.pk, "command")


def test_command(db: None, tmp_path: Path, security_lines: SecurityLines) -> None:
    file = tmp_path / "autumn.csv"
    file.write_bytes(TEXT)
    with pytest.raises(CommandError):
        call_command("import_products", str(file))
    told = security_lines.only(Event.IMPORT_APPLIED)
    assert (told["user"], told["via"]) == (None, "command")


@pytest.mark.django_db(transaction=True)
def test_backup(tmp_path: Path, security_lines: SecurityLines) -> None:
    file = tmp_path / "shop.zip"
    call_command("backup", str(file))
    told = security_lines.only("backup_written")["facts"]
    assert told == {"file": str(file), "verified": False}
