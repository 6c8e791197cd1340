import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.tabular.html_text import MOST_HTML, html_of_text, text_of_html

TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("<>&;\"'=/ \n\r\t#xab\u00a0\u2028\x0b"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("Plain, 5 < 6 people", "Plain, 5 < 6 people"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>One</li>\n<li>Two</li></ul>", "One\n\nTwo"),
        ("Salt &amp; pepper &lt;new&gt;", "Salt & pepper <new>"),
        ("A<script>alert(1)</script>B<style>p{}</style>C", "ABC"),
        ("<img src=x onerror=alert(1)>Mug", "Mug"),
        ("<p>Broken <b>tags", "Broken tags"),
        ("<p>  many   blanks </p>", "many blanks"),
        ("A <span style='white-space:pre-wrap'>b  c</span> d", "A b  c d"),
        ("<pre>a\n  b<pre>  c</pre>  d</pre>  e", "a\n  b\n  c\n  d\ne"),
        ('<a title="a > b" href=x>c</a> <p it\'s>d', "c\nd"),
        ("<SCRIPT>if (a<b) '</p>'</SCRIPT >A<svg/>B<svg><p>C", "AB"),
        ("a<!-- <p>b</p> -->c<!DOCTYPE html>d<?php e ?>f<![if !IE]>g", "acdfg"),
        ("a<!-- b", "a"),
        ("a</ b <3 <a", "a</ b <3 <a"),
        ("&#x27;&eacute;&nosuch;&#" + "9" * 5000 + ";", None),
    ],
)
def test_only_the_text_stays(html, text):
    assert text_of_html(html) == (html if text is None else text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n", ""),
        ("Warm", "<p>Warm</p>"),
        ("=1+1", "<p>=1+1</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("One\nTwo\r\n\r\nThree", "<p>One<br>Two</p><p>Three</p>"),
        ("Two  blanks", '<div style="white-space: pre-wrap">Two  blanks</div>'),
    ],
)
def test_text_becomes_html(text, html):
    assert html_of_text(text) == html


@given(TEXT)
def test_text_comes_back_as_it_was(text):
    there_and_back = text_of_html(html_of_text(text))
    assert there_and_back == text.replace("\r\n", "\n").replace("\r", "\n").strip()


@pytest.mark.parametrize(
    "unit", ["<", "<!--", "<a ", "</", "<![", "<p>", "<script>", '<a =">"', "&#x", "&a"]
)
def test_what_is_left_open_takes_no_time(unit):
    """Python's parser needs minutes for some of these, and fails on others."""
    html = "<p>" + unit * (50_000 // len(unit))
    assert len(text_of_html(html)) <= len(html)


def test_too_much_is_left_alone():
    html = "<p>" * MOST_HTML
    assert text_of_html(html) is html
