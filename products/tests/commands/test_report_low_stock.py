"""manage.py report_low_stock."""

import json
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from pytest_django import Settings

from products.models import Digest, Product
from products.reports.stock_check import check_stock
from products.tests.factories import adjust, make_location, make_product, receive

pytestmark = pytest.mark.django_db

TO = "--to=buyer@example.com"


@pytest.fixture(autouse=True)
def mail_server(settings: Settings) -> None:
    settings.EMAIL_IS_SET_UP = True
    settings.SHOP_NAME = "Linden & Loom"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("report_low_stock", *(arguments or (TO,)), stdout=out)
    return out.getvalue()


def low(**fields: Any) -> Product:
    return make_product(**{"reorder_point": 5, "stock": 3} | fields)


def test_one_mail_with_the_list_and_the_file() -> None:
    low(sku="MUG", name="Mug <1>", option1="M", supplier_name="Keramik & Co")
    low(sku="ROPE", name="Rope", reorder_quantity=1_200)
    assert run() == "Mailed: products to order 2.\n"
    (message,) = mail.outbox
    assert message.subject == "Linden & Loom: 2 products to order"
    assert message.to == ["buyer@example.com"]
    body = str(message.body)
    assert "7 × MUG  Mug <1> (M): 3 available, reorder at 5" in body
    assert body.index("Keramik & Co") < body.index("No supplier")
    assert "1,200 × ROPE" in body
    (attached,) = message.attachments
    name, content, kind = attached[:3]
    assert str(name).endswith(".csv")
    assert kind == "text/csv"
    assert "Keramik & Co,MUG" in str(content)


@pytest.mark.parametrize("url", ["https://shop.example", ""])
def test_link_to_the_list_where_the_address_is_known(
    settings: Settings, url: str
) -> None:
    settings.SITE_URL = url
    low()
    run()
    body = str(mail.outbox[0].body)
    assert ("https://shop.example/reports/reorder\n" in body) is bool(url)


def test_ledger_head_goes_along_and_is_kept() -> None:
    low()
    run()
    head = check_stock().head
    assert head in str(mail.outbox[0].body)
    assert Digest.objects.get().head == head


class TestNotTwice:
    def test_the_same_state(self) -> None:
        low()
        run()
        assert "Nothing has changed since the mail of" in run()
        assert len(mail.outbox) == Digest.objects.count() == 1

    def test_another_quantity(self) -> None:
        product = low()
        run()
        adjust(product, -1)
        run()
        assert len(mail.outbox) == 2

    def test_a_name_is_no_state(self) -> None:
        product = low()
        run()
        Product.objects.filter(pk=product.pk).update(name="Renamed")
        run()
        assert len(mail.outbox) == 1

    def test_other_people(self) -> None:
        low()
        run()
        run("--to", "buyer@example.com", "boss@example.com")
        run("--to", "boss@example.com", "BUYER@example.com")
        assert [message.to for message in mail.outbox] == [
            ["buyer@example.com"],
            ["buyer@example.com", "boss@example.com"],
        ]

    def test_low_bought_and_low_again(self) -> None:
        product = low()
        run()
        receive(product, 9)
        assert "products to order 0" in run()
        adjust(product, -9)
        run()
        assert [message.subject for message in mail.outbox] == [
            "Linden & Loom: 1 product to order",
            "Linden & Loom: nothing to order any more",
            "Linden & Loom: 1 product to order",
        ]


def test_nothing_low_at_first() -> None:
    make_product(stock=9)
    assert "nothing was mailed" in run()
    assert not mail.outbox
    assert not Digest.objects.exists()


def test_dry_run_prints_it() -> None:
    low(sku="MUG")
    said = run(TO, "--dry-run")
    assert "7 × MUG" in said
    assert "Dry run: nothing was mailed." in said
    assert not mail.outbox
    assert not Digest.objects.exists()
    run()
    assert "7 × MUG" in run(TO, "--dry-run")


def test_cost_only_when_asked_for() -> None:
    low(cost=Decimal("777.77"))
    assert "5,444.39" not in run(TO, "--dry-run")
    assert "5,444.39" in run(TO, "--dry-run", "--cost")
    assert "777.77" not in run(TO, "--dry-run", "--json")
    assert "777.77" in run(TO, "--dry-run", "--json", "--cost")


def test_location_only_where_there_are_several() -> None:
    low()
    run()
    assert "Deliver to" not in str(mail.outbox[0].attachments[0][1])
    make_location()
    low()
    run()
    assert "Deliver to" in str(mail.outbox[1].attachments[0][1])


def test_json_is_one_document() -> None:
    low(sku="MUG", barcode="X1", supplier_name="Keramik")
    document = json.loads(run(TO, "--json"))
    assert document.pop("head") == Digest.objects.get().head
    assert document["state"] == "sent"
    (need,) = document["needs"]
    assert (need["sku"], need["available"], need["suggested"]) == ("MUG", 3, 7)
    assert json.loads(run(TO, "--json"))["state"] == "unchanged"


def test_long_list_is_cut_in_the_text_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("products.management.low_stock_mail.WRITTEN_OUT", 2)
    for number in range(5):
        low(sku=f"S{number}")
    run()
    assert "And 3 more" in str(mail.outbox[0].body)
    assert "S4" in str(mail.outbox[0].attachments[0][1])


class TestRefuses:
    def test_without_a_mail_server(self, settings: Settings) -> None:
        settings.EMAIL_IS_SET_UP = False
        low()
        with pytest.raises(CommandError, match="set EMAIL_URL"):
            run()
        assert not Digest.objects.exists()

    @pytest.mark.parametrize("address", ["buyer", "a@b.example\nBcc: x@y.example", ""])
    def test_what_is_no_address(self, address: str) -> None:
        with pytest.raises(CommandError, match="no mail address"):
            run("--to", address)

    def test_a_server_that_is_down_is_tried_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        low()

        def fail(_mail: object) -> None:
            raise ConnectionRefusedError(111, "Connection refused")

        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.EmailMessage.send", fail)
            with pytest.raises(CommandError, match="could not be sent"):
                run()
        run()
        assert len(mail.outbox) == 1
