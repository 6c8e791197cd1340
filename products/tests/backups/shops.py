"""A shop with something in every corner, an empty one, and what is in a shop."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection

from products.models import Brand, Category, ImportRun, Product, ProductGroup
from products.models.guards import drop_guards
from products.services.closings import move_closing
from products.services.deleting import delete_product
from products.services.reservations import Wanted, hold_stock
from products.services.undo import undo_operation
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    receive,
    reload,
)

Contents = dict[str, list[tuple[Any, ...]]]


def fill_shop(media_root: Path) -> Product:
    """Make people, a catalogue, a history and a picture; return one product."""
    _make_people()
    # A category that was moved under a newer one: its parent has the higher id.
    mugs = Category.objects.create(name="Mugs & “cups”")
    mugs.parent = Category.objects.create(name="Küche")
    mugs.save()
    mug = make_product(
        sku="MUG-é1",
        name="Blue mug \N{HOT BEVERAGE}",
        description="Line one\nline two\t“quoted” \\ back",
        category=mugs,
        brand=Brand.objects.create(name="Linden"),
        group=ProductGroup.objects.create(name="Mugs", handle="mugs"),
        option1="Blue",
        barcode="4006381333931",
        price=Decimal("12.90"),
        cost=Decimal("3.123456"),
        weight=Decimal("350.500"),
        image="products/mug.webp",
        stock=10,
    )
    receive(mug, 5, cost="4.000001", location=make_location())
    adjust(mug, -3)
    hold_stock(wanted=[Wanted(mug.pk, 2)], circumstances=by(reference="Order 7"))
    move_closing(through=date(2020, 12, 31), reason="Year end", author=by().author)
    gone, back = make_product(sku="GONE", stock=7), make_product(sku="BACK", stock=2)
    delete_product(product_id=gone.pk, circumstances=by())
    deletion = delete_product(product_id=back.pk, circumstances=by())
    undo_operation(operation_id=deletion.pk, circumstances=by())
    ImportRun.objects.create(
        actor_label="Ada",
        file_name="ä.csv",
        size=10,
        sha256="0" * 64,
        format="native",
        encoding="utf-8",
        delimiter=",",
        report={"refused": [{"record": 2, "value": "x\u0001"}], "n": 1.5, "no": None},
    )
    folder = media_root / "products"
    folder.mkdir(parents=True)
    (folder / "mug.webp").write_bytes(b"a picture")
    return reload(mug)


def _make_people() -> None:
    ada: Any = get_user_model()._default_manager.create_user(
        "ada@example.com", "a long password", name="Ada"
    )
    own = Group.objects.create(name="Packers")
    own.permissions.set(Permission.objects.filter(codename="view_product"))
    ada.groups.add(own)


def empty_shop() -> None:
    """Empty every table, as a database is after its first migrate."""
    drop_guards(connection)
    call_command("flush", verbosity=0, interactive=False)


def contents() -> Contents:
    """Every row of every table, generated columns and all, by table."""
    return {
        model._meta.label: sorted(
            ((row[0], repr(row)) for row in model._base_manager.values_list()),
        )
        for model in apps.get_models(include_auto_created=True)
    }
