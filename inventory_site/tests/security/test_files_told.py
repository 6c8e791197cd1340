"""Files leave by the one way that tells the security log."""

from inventory_site.tests.sources import CODE, calls, chain, imported_modules, name_of


def test_no_file_leaves_by_another_way() -> None:
    senders = {
        name_of(path)
        for path in CODE
        if "django.http.StreamingHttpResponse" in imported_modules(path)
        and any(
            chain(call.func)[-1:] == ["StreamingHttpResponse"] for call in calls(path)
        )
    }
    assert senders == {"products/views/downloads.py"}
