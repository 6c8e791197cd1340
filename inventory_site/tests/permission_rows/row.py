"""One row of the permission table, and what rows of several areas speak of."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from products.tests.factories import make_product, make_shop

LOGIN = 0  # sent to the sign-in page, which leads back here

Given = Callable[[], Mapping[str, object]]


class Row(NamedTuple):
    """The status each role gets; `given` makes what the address speaks of."""

    name: str
    method: str
    anonymous: int
    regular: int
    clerk: int
    admin: int
    given: Given = dict
    is_page: bool = True  # looked at in a browser, when an admin may GET it


def product() -> Mapping[str, object]:
    return {"pk": make_product(stock=5).pk}


def shop() -> Mapping[str, object]:
    make_shop()
    return {}


def product_of_shop() -> Mapping[str, object]:
    return {"pk": make_shop().pk}
