import pytest

from products.importing.html_text import text_of_html


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
    ],
)
def test_only_the_text_stays(html, text):
    assert text_of_html(html) == text
