"""Every address, whatever is written into its parameters and fields: an answer.

A new address joins by its row in the permission table; what it reads is found out by
watching it read.
"""

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory_site.tests.hostile.sending import (
    Fields,
    Target,
    ids,
    send,
    taken_back,
    target_of,
    written,
)
from inventory_site.tests.hostile.values import EXAMPLES, FILE, WORST, fields
from inventory_site.tests.permissions_table import ROWS, Row
from products.reports.stock_check.checking import check_stock

pytestmark = pytest.mark.django_db


class Asked(NamedTuple):
    """An address and the method it is asked by."""

    method: str
    target: Target

    def answers(self, sent: Fields, headers: dict[str, str]) -> None:
        """Send it: no 5xx, what is refused writes nothing, what is written is right."""
        method, target = self
        with taken_back():
            before = written()
            response = send(
                target.client,
                method,
                target.path,
                sent,
                with_files=bool(target.files),
                headers=headers,
            )
            assert response.status_code < 500
            if written() != before:
                assert method == "POST"
                assert response.status_code < 400
                assert check_stock().ok


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.name}")
def test_answers(row: Row) -> None:
    asked = Asked(row.method, target_of(row))
    _client, _path, names, usual, files = asked.target
    for worst in WORST if names else [""]:
        asked.answers({name: [worst] for name in names}, {})
    some_files = st.fixed_dictionaries(
        {name: st.lists(FILE, max_size=2) for name in files}
    )

    @settings(max_examples=EXAMPLES)
    @given(drawn=fields(names, usual, ids()), files=some_files, as_part=st.booleans())
    def in_any_case(drawn: Fields, files: Fields, as_part: bool) -> None:
        headers = {"HX-Request": "true"} if as_part else {}
        asked.answers({**drawn, **files}, headers)

    if names or files:
        in_any_case()
