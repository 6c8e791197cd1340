"""What was read as damaged never goes back into the database as something else."""

import pytest
from django.apps import apps
from django.db import connection, models

from products.errors import Unreadable
from products.importing.runs import State
from products.importing.tasks import start_again
from products.models import Transfer
from products.models.damage import Damaged
from products.models.guards import drop_guards
from products.models.stored import noting_times, refuse_spoilt_times
from products.services.transfer_steps import cancel_transfer, receive_transfer
from products.tests.factories import by, make_product
from products.tests.importing.files import TESS
from products.tests.importing.jobs import forget_who_worked, kept
from products.tests.spoiling import Spoil, spoil, stored
from products.tests.transfers import draft, only_line, sent

only_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="others refuse the value"
)
DAMAGEABLE = [
    field
    for model in apps.get_app_config("products").get_models()
    for field in model._meta.concrete_fields
    if type(field).__module__ == "products.models.damage"
]


@pytest.mark.parametrize("field", DAMAGEABLE, ids=str)
def test_no_field_takes_it(field: "models.Field") -> None:
    with pytest.raises(Unreadable):
        field.get_db_prep_save(Damaged(field), connection)


@only_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("column", ["sent_at", "closed_at"])
@pytest.mark.parametrize("value", ["yesterday", "2026-99-99 10:00:00", 5])
def test_a_time_that_reads_as_none(column: str, value: object) -> None:
    transfer = draft((make_product(), 2))
    noted = noting_times(Transfer.objects.all())
    assert refuse_spoilt_times(noted.get()) == transfer  # there is none yet
    spoil(Spoil("products_transfer", (column,), value))
    with pytest.raises(Unreadable) as refused:
        refuse_spoilt_times(noted.get())
    field = Transfer._meta.get_field(column)
    assert refused.value.where == f"transfer {transfer.pk}: {field.verbose_name}"


@only_sqlite
@pytest.mark.django_db
def test_a_transfer_that_was_sent_at_no_time_stays_as_it_is() -> None:
    transfer = sent((make_product(stock=5), 2))
    bad = Spoil("products_transfer", ("sent_at",), "yesterday")
    drop_guards(connection)
    spoil(bad)
    with pytest.raises(Unreadable, match="sent"):
        receive_transfer(transfer_id=transfer.pk, arrivals={}, circumstances=by())
    with pytest.raises(Unreadable, match="sent"):
        cancel_transfer(transfer_id=transfer.pk, circumstances=by())
    assert stored(bad) == {transfer.pk: {"sent_at": "yesterday"}}
    assert only_line(transfer).outstanding == 2


@only_sqlite
@pytest.mark.django_db
def test_an_import_of_no_time_is_read_all_the_same() -> None:
    run = kept()
    bad = Spoil("products_importrun", ("created_at", "applied_at"), "yesterday")
    spoil(bad)
    forget_who_worked(run, State.PLANNING)
    assert start_again(run, TESS)
    assert run.state == State.PLANNED
    assert stored(bad)[run.pk] == dict.fromkeys(bad.columns, "yesterday")
