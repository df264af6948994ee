"""Phrases for training are grammatical: what a governor asks for stands next to it, in the right form."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import regex

from textnorm.grammar.grammar import Grammar
from textnorm.pack.load import load_pack
from textnorm.pack.model import Lexicon
from textnorm.tagger.phrases import Clauses, Phrases, read_governors


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    """The Lithuanian grammar."""
    pack = load_pack("lt", tests=False)
    return Grammar(pack, {name: option.default for name, option in pack.options.items()})


def cases(grammar: Grammar, word: str) -> set[str | None]:
    """The cases that a word can be in."""
    assert grammar.inflector is not None
    return {analysis.bundle[grammar.governed_slot] for analysis in grammar.inflector.analyze(word)}


def table(*rows: tuple[str, ...]) -> Lexicon:
    """A table of governors."""
    return Lexicon("t", ("words", "case", "sense", "reach"), rows, "")


def clauses(lines: Iterable[str]) -> list[str]:
    """The clauses that stand side by side on lines."""
    return [clause for line in lines for clause in regex.split("[.,] ", line)]


def test_every_word_of_a_phrase_can_be_in_the_case_asked_for(grammar: Grammar) -> None:
    """A preposition stands first, and noun and adjective after it agree."""
    prepositions = table(("be", "gen", "", ""), ("su", "ins", "", ""))
    for phrase in clauses(Phrases(grammar, [prepositions])(60)):
        governor, *rest = phrase.split()
        asked = {"be": "gen", "su": "ins"}[governor]
        known = [found for word in rest if (found := cases(grammar, word))]
        assert all(found & {asked, "gen"} for found in known), phrase


def test_verbs_may_stand_behind_their_object(grammar: Grammar) -> None:
    """What reaches over the clause is found on both sides, what is adjacent on one."""
    verbs = table(("matau", "acc", "", "clause"), ("į", "acc", "", ""))
    phrases = clauses(Phrases(grammar, [verbs])(60))
    assert any(phrase.endswith(" matau") for phrase in phrases)
    assert any(phrase.startswith("matau ") for phrase in phrases)
    assert not any(phrase.endswith(" į") for phrase in phrases)


def test_clauses_have_subjects_and_negations_where_the_grammar_has_them(grammar: Grammar) -> None:
    """The third person may have a subject in the nominative; a negated verb has its object in the genitive."""
    verbs = table(("mato", "acc", "", "clause"), ("matau", "acc", "", "clause"))
    rules = Clauses.of(load_pack("lt", tests=False).grammar)
    phrases = clauses(Phrases(grammar, [verbs], (), rules)(300))
    first = [(phrase.split()[0], phrase) for phrase in phrases if phrase.split()[-2:-1] == ["mato"]]
    assert any("nom" in cases(grammar, word) and "acc" not in cases(grammar, word) for word, _ in first)
    denied = [phrase.split()[1] for phrase in phrases if phrase.startswith("nematau ")]
    assert denied
    assert all("gen" in found for word in denied if (found := cases(grammar, word)))
    assert not any(
        "gen" not in cases(grammar, phrase.split()[0]) and phrase.split()[1] == "nematau"
        for phrase in phrases
    )


def test_what_is_asked_of_some_nouns_only_is_left_out() -> None:
    """A verb that wants the accusative of measures says nothing about other nouns."""
    verbs = table(
        ("gyvena", "acc", "time distance", "clause"),
        ("gyvena", "nom", "other person", "clause"),
        ("a*", "gen", "", ""),
    )
    assert list(read_governors(verbs)) == [("gyvena", "nom", True)]


def test_determiners_agree_with_their_nouns(grammar: Grammar) -> None:
    """A table of lemmas and paradigms gives the words before adjective and noun."""
    determiners = Lexicon("d", ("lemma", "paradigm"), (("tas", "pron-as"),), "")
    phrases = clauses(Phrases(grammar, [table(("be", "gen", "", ""))], [determiners])(60))
    found = {phrase.split()[1] for phrase in phrases}
    assert {"to", "tos", "tų"} <= found
    assert not found & {"tas", "ta", "tą"}


def test_the_same_seed_gives_the_same_phrases(grammar: Grammar) -> None:
    """Training can be repeated."""
    first, second, other = (
        list(Phrases(grammar, [table(("be", "gen", "", ""))], seed=seed)(9)) for seed in (7, 7, 8)
    )
    assert first == second != other
