"""The addresses of transfers."""

from collections.abc import Mapping

from inventory_site.tests.permission_rows.row import LOGIN, Row
from products.services.transfer_lines import Arrival
from products.tests import transfers
from products.tests.factories import make_product


def several() -> Mapping[str, object]:
    transfers.back_room()
    return {}


def transfer_draft() -> Mapping[str, object]:
    return {"pk": transfers.draft((make_product(stock=5), 2), reference="Van 2").pk}


def on_the_way() -> Mapping[str, object]:
    one, two = make_product(stock=9), make_product(stock=3)
    transfer = transfers.sent((one, 8), (two, 3))
    transfers.receive(transfer, Arrival(2, lost=1), Arrival(), reason="Box was wet")
    return {"pk": transfer.pk}


def list_of_all() -> Mapping[str, object]:
    transfer_draft()
    on_the_way()
    return {}


TRANSFERS = [
    Row("products:transfer_list", "GET", LOGIN, 200, 200, 200, list_of_all),
    Row("products:transfer_add", "GET", LOGIN, 403, 200, 200, several),
    Row("products:transfer_add", "POST", LOGIN, 403, 200, 200, several),
    Row("products:transfer_detail", "GET", LOGIN, 200, 200, 200, on_the_way),
    Row("products:transfer_edit", "GET", LOGIN, 403, 200, 200, transfer_draft),
    Row("products:transfer_edit", "POST", LOGIN, 403, 200, 200, transfer_draft),
    Row("products:transfer_send", "POST", LOGIN, 403, 302, 302, transfer_draft),
    Row("products:transfer_receive", "GET", LOGIN, 403, 200, 200, on_the_way),
    Row("products:transfer_receive", "POST", LOGIN, 403, 200, 200, on_the_way),
    Row("products:transfer_cancel", "GET", LOGIN, 403, 200, 200, on_the_way),
    Row("products:transfer_cancel", "POST", LOGIN, 403, 302, 302, on_the_way),
]
