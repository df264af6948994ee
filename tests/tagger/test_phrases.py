"""Phrases for training are grammatical: what a governor asks for stands next to it, in the right form."""

from __future__ import annotations

import pytest

from textnorm.grammar.grammar import Grammar
from textnorm.pack.load import load_pack
from textnorm.pack.model import Lexicon
from textnorm.tagger.phrases import Phrases


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    """The Lithuanian grammar."""
    pack = load_pack("lt", tests=False)
    return Grammar(pack, {name: option.default for name, option in pack.options.items()})


def cases(grammar: Grammar, word: str) -> set[str | None]:
    """The cases that a word can be in."""
    assert grammar.inflector is not None
    return {analysis.bundle[grammar.governed_slot] for analysis in grammar.inflector.analyze(word)}


def test_every_word_of_a_phrase_can_be_in_the_case_asked_for(grammar: Grammar) -> None:
    """A preposition stands first, and noun and adjective after it agree."""
    table = Lexicon("t", ("words", "case"), (("be", "gen"), ("su", "ins")), "")
    for phrase in Phrases(grammar, [table], 1)(60):
        governor, *rest = phrase.split()
        asked = {"be": "gen", "su": "ins"}[governor]
        known = [found for word in rest if (found := cases(grammar, word))]
        assert all(found & {asked, "gen"} for found in known), phrase


def test_verbs_may_stand_behind_their_object(grammar: Grammar) -> None:
    """What reaches over the clause is found on both sides, what is adjacent on one."""
    table = Lexicon("t", ("words", "case", "reach"), (("matau", "acc", "clause"), ("į", "acc", "")), "")
    phrases = list(Phrases(grammar, [table], 1)(60))
    assert any(phrase.endswith(" matau") for phrase in phrases)
    assert any(phrase.startswith("matau ") for phrase in phrases)
    assert not any(phrase.endswith(" į") for phrase in phrases)


def test_the_same_seed_gives_the_same_phrases(grammar: Grammar) -> None:
    """Training can be repeated."""
    table = Lexicon("t", ("words", "case"), (("be", "gen"),), "")
    assert list(Phrases(grammar, [table], 7)(9)) == list(Phrases(grammar, [table], 7)(9))
    assert list(Phrases(grammar, [table], 7)(9)) != list(Phrases(grammar, [table], 8)(9))
