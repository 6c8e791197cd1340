"""importing.fields: what the readers of cells keep."""

from products.importing.fields import SHORT, remembering


def test_a_short_text_is_read_once_and_a_long_one_is_not_kept():
    read = []
    reader = remembering(lambda text: read.append(text) or len(text))
    long = "0" * (SHORT + 1)
    assert [reader(text) for text in ("12", "12", long, long)] == [2, 2, 201, 201]
    assert read == ["12", long, long]
