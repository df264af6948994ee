"""Fences: text that no rule may touch, and the words that tell another language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from textnorm.errors import PackError
from textnorm.normalizer import Normalizer
from textnorm.patterns import sets

Make = Callable[..., Normalizer]
DIGIT = {"id": "digit", "match": r"\d+", "say": "N"}
WEAK = {"id": "weak", "match": r"\d+", "say": "N", "priority": "-1"}
FREE = {"id": "free", "match": r"\d", "bounds": "none", "say": "N"}
TABLES = {
    "other": "word\tsource\nthe\town\nof\town\nper\town\ndon't\town\n",
    "own": "word\tsource\nir\town\nper\town\nkal.\town\n",
}
LANGUAGE = {
    "doc": "Another language.",
    "words": ["xx/other"],
    "own_words": ["xx/own"],
    "like": "w",
    "strong": r"[^\p{Latin}\P{L}]{2}",
    "own_like": "ė",
}


def fenced(make: Make, rule: dict[str, Any], **fences: dict[str, Any]) -> Normalizer:
    """A pack of one rule and the fences."""
    return make(rule, grammar={"fences": fences}, tables=TABLES)


@pytest.mark.parametrize("rule", [DIGIT, WEAK, FREE])
@pytest.mark.parametrize("with_re2", [True, False])
def test_no_rule_matches_in_a_fence(
    rule: dict[str, Any], with_re2: bool, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither strong nor weak nor searched rules, with RE2 or without; the rest of the line is read."""
    if not with_re2:
        monkeypatch.setattr(sets, "re2", None)
    tn = fenced(
        make,
        rule,
        code={"doc": "Code.", "match": "`[^`]*`", "trigger": "`"},
        row={"doc": "A row.", "line": r"^\|"},
    )
    assert tn("1 `2` 3\n| 4 | 5\n6 ` 7") == "N `2` N\n| 4 | 5\nN ` N"


def test_a_match_that_touches_a_fence_is_dropped(make: Make) -> None:
    """Overlap is enough; the loser is reported with the name of the fence."""
    tn = fenced(make, {"id": "pair", "match": r"\d+ \S+", "say": "N"}, code={"doc": "Code.", "match": "`.*`"})
    document = tn.explain("1 `a`", why=True)
    assert document.text == "1 `a`"
    assert [(one.rule, one.reason) for one in document.losers] == [("xx.pair", "fenced: code")]


def test_the_trigger_is_a_condition(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line without it is not searched, whether RE2 is there or not."""
    fence = {"doc": "d", "match": r"a\d", "trigger": "!", "line": None}
    fence.pop("line")
    rule = {"id": "free", "match": r"\d", "bounds": "none", "say": "N"}
    assert fenced(make, rule, code=fence)("a1\na1!") == "aN\na1!"
    monkeypatch.setattr(sets, "re2", None)
    assert fenced(make, rule, code=fence)("a1\na1!") == "aN\na1!"


def test_options_open_fences(make: Make) -> None:
    """A fence stands while its options have one of the values listed."""
    manifest = {"options": {"code": {"values": ["keep", "read"], "default": "keep", "doc": "d"}}}
    grammar = {"fences": {"code": {"doc": "Code.", "match": "`.*`", "option": {"code": "keep"}}}}
    assert make(DIGIT, grammar=grammar, **manifest)("`1`") == "`1`"
    assert make(DIGIT, grammar=grammar, chosen={"options": {"code": "read"}}, **manifest)("`1`") == "`N`"


@pytest.mark.parametrize("entry", [{}, {"match": "a", "line": "b"}, {"match": "a", "words": ["xx/other"]}])
def test_a_fence_says_one_thing(entry: dict[str, Any], make: Make) -> None:
    """None or two of the three ways is a mistake."""
    with pytest.raises(PackError, match="needs one of: match, line, words"):
        fenced(make, DIGIT, odd={"doc": "d", **entry})("1")


def test_a_wrong_pattern_names_the_fence(make: Make) -> None:
    """The error of a pattern says which fence it belongs to."""
    with pytest.raises(PackError, match="fence 'odd'"):
        fenced(make, DIGIT, odd={"doc": "d", "match": "(?<!a+b|c*d", "trigger": "1"})("1")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("the 1 of", "the 1 of"),  # two foreign words
        ("the 1", "the N"),  # one is not enough
        ("the 1 the the", "the N the the"),  # nor one said again
        ("the 1 of ir", "the N of ir"),  # a word of one's own asks for two more
        ("the 1 of ir wow want", "the 1 of ir wow want"),
        ("per 1 per per per", "per N per per per"),  # words of both
        ("per 1 the of", "per 1 the of"),  # words of both languages say nothing
        ("wow 1 want", "wow 1 want"),
        ("namė 1 the of wow", "namė N the of wow"),
        ("мы 1", "мы 1"),  # other letters are evidence enough
        ("THE 1 OF", "THE N OF"),  # capitals may be an acronym
        ("x The 1 Of Wow", "x The N Of Wow"),  # or a title
        ("kal. the 1 of the", "kal. the N of the"),  # entries count without their period
        ("Don't 1 the", "Don't 1 the"),
        ("ir 1 „the 2 of“ 3", "ir N „the 2 of“ N"),  # a quotation by itself
        ("ir 1 (the 2 of) 3", "ir N (the 2 of) N"),
        ("Ir 1. The 2 of. Ir 3.", "Ir N. The 2 of. Ir N."),  # a sentence by itself
        ("Ir a. 1 the of the.", "Ir a. N the of the."),  # an initial or abbreviation ends none
        ("Xyz 1. The 2 of. Xyz 3.", "Xyz 1. The 2 of. Xyz 3."),  # the rest says nothing else
        ("xyz 1 „the 2 of“ 3", "xyz N „the 2 of“ N"),  # a quotation does not speak for its sentence
    ],
)
def test_words_tell_another_language(line: str, read: str, make: Make) -> None:
    """Sentences and quotations in which words of other languages prevail by a margin are kept."""
    assert fenced(make, DIGIT, other=LANGUAGE)(line) == read
