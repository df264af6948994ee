from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textnorm
from textnorm.document import replay
from textnorm.errors import PackError
from textnorm.restore.tokens import tokens, words

# Central Kurdish, Persian, Arabic and Urdu letters, signs, spaces, Latin, digits.
CHARS = "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێيكىةآأؤصضطظثذہھےٹ\u200c\u0640\u064e ,،.؟\n٣3aA@#_/"
CLEAN = [
    "ئێمە لە کوردستان دەژین",
    "من نازانم ئەو کارە چۆن دەکرێت",
    "ڕۆژی یەکەمی مانگی داهاتوو دەچینە سلێمانی",
]


@pytest.fixture(scope="module")
def from_persian() -> textnorm.Normalizer:
    """Kurdish typed with a Persian keyboard; nothing but its restoration."""
    return textnorm.load("ckb", layers=["from-fa"])


@pytest.mark.parametrize(
    ("source", "typed", "clean"),
    [
        ("fa", "ئیمه له کوردستان ده ژین", "ئێمە لە کوردستان دەژین"),
        ("fa", "ئه‌و کاره‌ باشه", "ئەو کارە باشە"),
        ("ar", "ئيمه له كوردستان دهزين", "ئێمە لە کوردستان دەژین"),
    ],
)
def test_typed_lines_are_restored(source: str, typed: str, clean: str) -> None:
    """Letters, vowels, and spaces that belong to letters."""
    assert textnorm.load("ckb", source=source)(typed) == clean


@pytest.mark.parametrize("line", CLEAN)
def test_clean_lines_stay(from_persian: textnorm.Normalizer, line: str) -> None:
    """There is nothing to restore in them."""
    assert from_persian(line) == line


@pytest.mark.parametrize(
    "kept", ["https://a.b/له", "@هه‌ژار", "#کورده‌کان", "user@host.ku", "2024ه", "wifiه‌که", "له/به"]
)
def test_protected_stretches_are_never_touched(from_persian: textnorm.Normalizer, kept: str) -> None:
    """Addresses, handles, tags, and whatever is glued to Latin or digits."""
    before, after = from_persian(f"ئیمه له کوردستان ده ژین {kept} ئه‌وه کاره").split(kept)
    assert before == "ئێمە لە کوردستان دەژین "
    assert after == " ئەوە کارە"


@settings(max_examples=150)
@given(st.text(st.sampled_from(CHARS), max_size=80))
def test_output_is_its_own_output(from_persian: textnorm.Normalizer, text: str) -> None:
    """Lines stay lines, and a second run changes nothing."""
    once = from_persian(text)
    assert once.count("\n") == text.count("\n")
    assert from_persian(once) == once


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=60), st.text(st.sampled_from(CHARS), max_size=80)))
def test_edits_replay_to_the_output(from_persian: textnorm.Normalizer, text: str) -> None:
    """Offsets are right, on garbage too; what has changed is told with its evidence."""
    document = from_persian.explain(text)
    assert document.text == from_persian(text)
    assert replay(text, document.edits) == document.text
    for edit in document.edits:
        assert text[edit.start : edit.end] == edit.before != edit.after
        assert len(edit.evidence) == 2


@pytest.mark.parametrize("line", ["ه" * 500_000, "له " * 200_000, "ئه‌و،" * 100_000, "\ud800" * 1000])
def test_long_lines_end(from_persian: textnorm.Normalizer, line: str) -> None:
    """Lines of a megabyte: one word, many words, many words without spaces; and no text at all."""
    assert from_persian(line).count("\n") == 0


def test_doubtful_words_can_be_left_alone() -> None:
    """`uncertain="keep"` changes only what has no close rival."""
    line = "ئه و کوره له کوردستان ده ژی"
    best = textnorm.load("ckb", layers=["from-fa"]).explain(line)
    kept = textnorm.load("ckb", layers=["from-fa"], uncertain="keep").explain(line)
    doubtful = {edit.before for edit in best.edits if edit.uncertain}
    assert doubtful
    assert doubtful.isdisjoint(edit.before for edit in kept.edits)


def test_a_source_without_a_map_is_refused() -> None:
    """The remedy names those there are; a pack without any says so."""
    with pytest.raises(PackError, match="--from ar"):
        textnorm.load("ckb", source="ur")
    with pytest.raises(PackError, match="leave out --from"):
        textnorm.load("lt", source="fa")


def test_the_source_is_part_of_the_signature() -> None:
    """Results with and without restoration are told apart."""
    assert "from:fa" in textnorm.load("ckb", source="fa").signature


def test_tokens_know_what_parts_them() -> None:
    """One space, other white space, or anything else."""
    found = tokens("له به  من، تو a1ب ئێوە")
    assert [(one.text, one.linked, one.spaced) for one in found] == [
        ("له", False, False),
        ("به", True, True),
        ("من", False, True),
        ("تو", False, False),
        ("ئێوە", False, False),
    ]


@given(st.text(st.sampled_from(CHARS), max_size=80).map(lambda text: text.replace("\n", " ")))
def test_words_are_the_texts_of_the_tokens(line: str) -> None:
    """The quick way and the exact way agree."""
    assert words(line) == [token.text for token in tokens(line)]
