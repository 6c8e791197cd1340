"""The styles that are cut out of Bootstrap hold what the pages use."""

import re

from inventory_site.styles import CLASS, CUT, WHOLE, Words, bootstrap, cut
from inventory_site.tests.sheets import rules
from inventory_site.tests.sources import ROOT, TEMPLATES

# Those written out, without any sense for the language of templates.
NAMED = re.compile(r'\bclass(?:Name)?="([^"]*)"|classList\.\w+\("([^"]*)"')
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))


def words(*names: str) -> Words:
    given = Words()
    given.whole, given.beginnings = set(names), ("alert-",)
    return given


def test_they_are_what_is_cut_of_the_pages_as_they_are() -> None:
    assert CUT.read_text() == bootstrap(Words()), "run `make styles`"


def test_every_class_that_a_page_names_keeps_its_rules() -> None:
    named = {
        word
        for path in (*TEMPLATES, *SCRIPTS)
        for found in NAMED.findall(path.read_text())
        for word in " ".join(found).split()
    }
    used = {rule for rule in rules(WHOLE) if named.issuperset(CLASS.findall(rule[1]))}
    assert {".btn-primary", ".modal.fade .modal-dialog"} <= {one for _, one, _ in used}
    assert not used - rules(CUT)


def test_a_rule_goes_with_the_last_selector_that_something_can_match() -> None:
    text = ".used,.unused{color:red}.unused .used{color:blue}"
    assert cut(text, words("used")) == ".used{color:red}"


def test_what_names_no_class_stays() -> None:
    text = ":root{--a:1}a:hover,[type=search]{color:red}@keyframes b{to{left:0}}"
    assert cut(text, words()).replace("\n", "") == text


def test_a_block_goes_with_its_last_rule() -> None:
    text = (
        "@media print{.unused{color:red}}@media print{.used{color:red}.unused{top:0}}"
    )
    assert cut(text, words("used")) == "@media print{.used{color:red}}"


def test_what_is_said_of_those_without_a_class_stays() -> None:
    text = "p:not(.unused,.gone:hover){color:red}"
    assert cut(text, words()) == text


def test_a_class_that_is_put_together_has_all_it_may_become() -> None:
    assert cut(".alert-info{top:0}.btn-info{top:0}", words()) == ".alert-info{top:0}"
    assert "alert-" in Words().beginnings
