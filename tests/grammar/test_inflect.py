"""Inflection from tables, both ways: forms of lexemes, and lexemes of forms."""

from __future__ import annotations

from typing import Any

import pytest

from textnorm.errors import PackError
from textnorm.grammar.features import Bundle, Features
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.inflect import FormTable, Inflector, Lexeme, Word, flatten

FEATURES = Features({"case": ["nom", "gen"], "gender": ["m", "f"], "number": ["sg", "pl"]})
NONE: frozenset[str] = frozenset()


def b(text: str) -> Bundle:
    """The bundle written so."""
    return FEATURES.parse(text)


def inflector(paradigms: dict[str, Any], alternations: list[dict[str, Any]] | None = None) -> Inflector:
    """An inflector of these tables."""
    return Inflector(FEATURES, paradigms, alternations or [], "case")


def test_form_table_picks_the_most_specific_form() -> None:
    """A form that leaves a feature out serves all its values, unless another form names it."""
    table = FormTable({b("nom"): "any", b("nom f"): "feminine", b("gen sg"): "gen-sg"}, FEATURES)
    assert table.pick(b("nom m pl")) == "any"
    assert table.pick(b("nom f pl")) == "feminine"
    assert table.pick(b("gen f sg")) == "gen-sg"
    assert table.pick(b("gen f pl")) is None


def test_form_table_fills_in_defaults() -> None:
    """What the bundle leaves open has the value declared first."""
    table = FormTable({b("nom sg"): "one", b("nom pl"): "many", b("gen"): "of"}, FEATURES)
    assert table.pick(b("")) == "one"
    assert table.pick(b("pl")) == "many"
    assert table.pick(b("gen pl")) == "of"


def test_flatten_reads_nested_tables() -> None:
    """Keys are feature values, one or more at a time; lists run along the leaf feature; '-' is a gap."""
    tree = {"sg": {"m": ["a", "b"], "f": ["c", "-"]}, "pl f": "d", "pl m": "-"}
    assert flatten(tree, FEATURES, 0) == [
        (b("nom m sg"), "a"),
        (b("gen m sg"), "b"),
        (b("nom f sg"), "c"),
        (b("f pl"), "d"),
    ]


def test_flatten_refuses_more_forms_than_values() -> None:
    """A list that is too long would leave a form unread."""
    with pytest.raises(PackError, match="3 forms for 2 values of case"):
        flatten(["a", "b", "c"], FEATURES, 0)


NOUN = {"us": {"lemma": "us i", "is": "m", "sg": ["us", "i"], "pl": ["i", "orum"]}}


def forms(lexicon: Inflector, lexeme: Lexeme) -> list[str | None]:
    """Nominative and genitive of both numbers."""
    return [lexicon.phrase(lexeme, b(value)) for value in ("nom sg", "gen sg", "nom pl", "gen pl")]


def test_a_lexeme_is_stem_and_endings() -> None:
    """The lemma may be the form of any number that its paradigm lists."""
    latin = inflector(NOUN)
    assert forms(latin, latin.lexeme("servus", "us", NONE)) == ["servus", "servi", "servi", "servorum"]
    assert forms(latin, latin.lexeme("liberi", "us", NONE)) == ["liberus", "liberi", "liberi", "liberorum"]


def test_alternation_at_the_seam() -> None:
    """The first change that fits the stem is made before endings of its kind; `hard` words are exempt."""
    latin = inflector(NOUN, [{"ending": "i", "replace": {"st": "sc", "t": "c"}}])
    assert forms(latin, latin.lexeme("hortus", "us", NONE)) == ["hortus", "horci", "horci", "hortorum"]
    assert forms(latin, latin.lexeme("gustus", "us", NONE)) == ["gustus", "gusci", "gusci", "gustorum"]
    assert forms(latin, latin.lexeme("hortus", "us", frozenset({"hard"}))) == [
        "hortus",
        "horti",
        "horti",
        "hortorum",
    ]


def test_lexemes_of_several_words() -> None:
    """Each word has its paradigm; words without one stay as they are."""
    latin = inflector({**NOUN, "a": {"lemma": "a", "is": "f", "sg": ["a", "ae"], "pl": ["ae", "arum"]}})
    assert forms(latin, latin.lexeme("passus per horam", "us", NONE))[3] == "passorum per horam"
    assert forms(latin, latin.lexeme("hora secunda", "a a", NONE))[1] == "horae secundae"
    assert forms(latin, latin.lexeme("ad hortus", "- us", NONE))[1] == "ad horti"


def test_a_lexeme_lends_gender_and_traits() -> None:
    """What a paradigm `is` goes to what agrees with the word; a word's own traits win."""
    latin = inflector(NOUN)
    assert latin.lexeme("servus", "us", NONE).features == b("m")
    assert latin.lexeme("liberi", "us", NONE, "pl").features == b("m pl")
    assert latin.lexeme("domus", "us", NONE, "f").features == b("f")


def test_missing_forms() -> None:
    """A gap in a paradigm is no form; of variants the first is used."""
    latin = inflector({"us": {"lemma": "us", "sg": ["us", "-"], "pl": ["i/ei", "-"]}})
    assert forms(latin, latin.lexeme("ullus", "us", NONE)) == ["ullus", None, "ulli", None]


@pytest.mark.parametrize(
    ("lemma", "paradigm", "message"),
    [
        ("servus", "no", "unknown paradigm 'no' of 'servus'"),
        ("serva", "us", r"'serva' does not end as paradigm 'us' wants \(us i\)"),
        ("servus bonus malus", "us us", "lemma 'servus bonus malus' has 3 words but 2 paradigms"),
    ],
)
def test_lemmas_that_do_not_fit_are_errors(lemma: str, paradigm: str, message: str) -> None:
    """A mistake in a table is found when the lexeme is built."""
    with pytest.raises(PackError, match=message):
        inflector(NOUN).lexeme(lemma, paradigm, NONE)


def test_inflect_leaves_words_without_paradigm() -> None:
    """They never change."""
    assert inflector(NOUN).inflect(Word("per", "", False), b("gen pl")) == "per"


def readings(grammar: Grammar, word: str) -> set[tuple[str, str]]:
    """Lemma and features of all readings of a word, features in their order."""
    assert grammar.inflector is not None
    grammar.lexemes.load()
    return {
        (analysis.lemma, " ".join(value for value in analysis.bundle if value))
        for analysis in grammar.inflector.analyze(word)
    }


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("servus", {("servus", "nom m sg")}),
        ("servi", {("servus", "gen m sg"), ("servus", "nom m pl")}),
        ("portas", {("porta", "acc f pl")}),
        ("horci", {("hortus", "gen m sg"), ("hortus", "nom m pl")}),
        ("horti", set()),
        ("digiti", {("digitus", "gen m sg"), ("digitus", "nom m pl")}),
        ("digici", set()),
        ("pisti", {("piscus", "gen m sg"), ("piscus", "nom m pl")}),
        ("castrarum", {("castrae", "gen f pl multi")}),
        ("castra", set()),
        ("magnarum", {("magnus", "gen f pl")}),
        ("vires", {("vis", "nom f pl"), ("vis", "acc f pl")}),
        ("vim", {("vis", "acc f sg")}),
        ("nummi", set()),
        ("us", set()),
        ("", set()),
    ],
)
def test_analyze(word: str, expected: set[tuple[str, str]], toy: Grammar) -> None:
    """All readings as forms of known one-word lexemes, sound changes undone, irregular words included."""
    assert readings(toy, word) == expected


def test_analysis_undoes_inflection(toy: Grammar) -> None:
    """Every form of every one-word noun is read back as that form."""
    assert toy.inflector is not None
    for lemma in ("servus", "porta", "hortus", "digitus", "hora", "magnus", "piscus"):
        lexeme = toy.lexeme(lemma)
        assert lexeme is not None
        for case in ("nom", "gen", "acc"):
            for number in ("sg", "pl"):
                bundle = toy.features.parse(f"{case} {number}")
                form = toy.inflector.phrase(lexeme, bundle)
                assert form is not None
                assert any(
                    found == lemma and {case, number} <= set(features.split())
                    for found, features in readings(toy, form)
                )
