"""The HTML report: whole, escaped, and readable without its colours."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from textnorm.document import Document, Edit, place
from textnorm.errors import Location
from textnorm.evaluate.gold import Sentence
from textnorm.evaluate.html import diff_html, report_html
from textnorm.evaluate.metrics import evaluate

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Nesting(HTMLParser):
    """Fails on a tag that closes what is not open, and remembers what stays open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Remember an element that has to be closed."""
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be the one named."""
        assert self.open.pop() == tag


def explain(text: str) -> Document:
    """Turns the first character of any text into markup."""
    edit = Edit("x.<rule>", "X&Y", 0, 1, text[0], "<b>", uncertain=True)
    return Document(text, "<b>" + text[1:], place([edit]))


@pytest.fixture
def html() -> str:
    """The report on one wrong sentence full of markup."""
    gold = [Sentence("<1>", "X&Y", "a <i> c", ("five <i> c",), Location("g&.tsv", 1))]
    evaluation = evaluate(gold, lambda layers: explain)
    return report_html(evaluation, {(): "xx|<1a>"}, title="eval <x>", lang="xx")


def test_page_is_well_nested(html: str) -> None:
    """Every element is closed, in order."""
    parser = Nesting()
    parser.feed(html)
    parser.close()
    assert parser.open == []


def test_page_is_standalone(html: str) -> None:
    """Nothing is fetched and nothing runs."""
    assert html.startswith("<!DOCTYPE html>\n")
    for loaded in ("<script", "<link", "src=", "@import", "url("):
        assert loaded not in html


def test_text_and_rule_names_are_escaped(html: str) -> None:
    """No character of a sentence, rule, class, file or signature becomes markup."""
    assert "<i>" not in html
    assert "<b>" not in html
    for shown in ("x.&lt;rule&gt;", "X&amp;Y", "g&amp;.tsv:1", "xx|&lt;1a&gt;", "eval &lt;x&gt;"):
        assert shown in html


def test_sentences_carry_their_language_and_direction(html: str) -> None:
    """A browser and a screen reader learn the language, and right-to-left text keeps its order."""
    assert '<dd><bdi lang="xx" dir="auto">a &lt;i&gt; c</bdi></dd>' in html


def test_page_without_mistakes_has_no_empty_tables() -> None:
    """A perfect score leaves one table."""
    gold = [Sentence("1", "X", "a", ("<b>",), Location("g", 1))]
    html = report_html(evaluate(gold, lambda layers: explain), {(): "xx"}, title="t")
    assert html.count("<table>") == 1
    assert "<h2>" not in html


@pytest.mark.parametrize(
    ("expected", "got", "marked"),
    [
        ("a b", "a b", ("a b", "a b")),
        ("a b c", "a x c", ("a <del>b</del> c", "a <ins>x</ins> c")),
        ("a b", "a", ("a <del>b</del>", "a")),
        ("a", "a b", ("a", "a <ins>b</ins>")),
        ("<", "&", ("<del>&lt;</del>", "<ins>&amp;</ins>")),
    ],
)
def test_diff_marks_the_words_not_shared(expected: str, got: str, marked: tuple[str, str]) -> None:
    """Words of one side only are marked, deleted on the left, inserted on the right."""
    assert diff_html(expected, got) == marked
