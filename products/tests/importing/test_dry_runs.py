"""A dry run says what the import would say."""

import pytest

from products.tests.importing.files import counts, import_text, notes, refused

pytestmark = pytest.mark.django_db


CONTESTS = {
    "a price that is none": "sku,name,price\nA,Mug,1\nB,Cup,dear\n",
    "options of another": "sku,name,group,option1\nA,Tee,tee,S\nB,Tee,tee,S\n",
    "options that somebody has": "sku,name,group,option1\nA,Tee,hat,M\n",
    "a barcode that somebody has": "sku,barcode\nWANTS,12345670\n",
    "a barcode that is given up": "sku,barcode\nKEEPS,96385074\nWANTS,12345670\n",
    "both": "sku,name,group,option1,barcode\nWANTS,Tee,hat,M,12345670\n",
    "both, of another row": (
        "sku,name,group,option1,barcode\nA,Tee,tee,S,\nB,Tee,tee,S,12345670\n"
    ),
}


@pytest.mark.parametrize("text", CONTESTS.values(), ids=CONTESTS)
def test_a_dry_run_counts_what_the_import_counts(text):
    import_text(
        "sku,name,group,option1,barcode\nKEEPS,Hat,hat,M,12345670\nWANTS,Tee,tee,L,\n"
    )
    dry = import_text(text, is_dry_run=True)
    real = import_text(text)
    assert counts(dry) == counts(real)
    assert notes(dry) == notes(real)
    assert refused(dry) == refused(real)
    assert real.run.refused_count == len(refused(real))
    assert dry.run.note_count == real.run.note_count
    made = ("categories", "brands", "groups")
    assert [dry.run.report[it] for it in made] == [real.run.report[it] for it in made]
