from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import textnorm
from textnorm.document import replay
from textnorm.errors import PackError
from textnorm.pack.model import Lexicon
from textnorm.restore.kneser_ney import estimate
from textnorm.restore.wordmodel import WordModel, word_logs
from textnorm.translit.align import Pair, Step, learn_steps
from textnorm.translit.correspond import Correspondences, read_counts
from textnorm.translit.decode import Decoder

TO_URDU = textnorm.load("ur-Latn", target="ur")
TO_LATIN = textnorm.load("ur", target="ur-Latn")


def test_alignment_finds_what_corresponds() -> None:
    """From whole words it is learned that a letter stands for two, and another for none."""
    words = [("کھا", "kha"), ("خان", "xan"), ("کھن", "khn"), ("نا", "na"), ("خا", "xa")]
    pairs = [
        Pair(("کھ", *word[2:]) if word.startswith("کھ") else tuple(word), other, 1.0) for word, other in words
    ]
    found = learn_steps(pairs)
    best = {
        unit: max((step for step in found if step.unit == unit), key=lambda step: found[step]).stretch
        for unit in ("کھ", "خ", "ا", "ن")
    }
    assert best == {"کھ": "kh", "خ": "x", "ا": "a", "ن": "n"}
    assert Step("خ", "x", "initial") in found


def test_pairs_that_cannot_be_aligned_teach_nothing() -> None:
    """A word too long for its partner has no alignment."""
    assert learn_steps([Pair(("ا",), "abcdefgh", 1.0)]) == {}


def words(counts: dict[str, int]) -> WordModel:
    """A model of a few words."""
    chars = estimate(sorted(counts), "".join(sorted(set("".join(counts)))), 3)
    ordered, logs, unseen = word_logs(counts, chars, len(counts))
    return WordModel(chars, ordered, logs, unseen, {}, {})


def test_the_model_of_words_chooses_between_letters() -> None:
    """s is one of several letters; the known word decides, and others stay candidates."""
    table = Correspondences(
        {("س", "s", 0): 60, ("ص", "s", 0): 40, ("ا", "a", 1): 50, ("ا", "", 1): 5, ("ف", "f", 2): 9}
    )
    decoder = Decoder(table, words({"صاف": 9, "ساتھ": 3}))
    assert [found.word for found in decoder.candidates("saf")][:2] == ["صاف", "ساف"]
    assert decoder.candidates("sf")[0].word == "صاف"  # a letter that is not written in the source
    assert decoder.candidates("xyz") == ()
    assert decoder.candidates("") == ()
    assert decoder.candidates("s" * 5000) == ()


def test_probabilities_are_conditional_on_either_side() -> None:
    """Given the target or given the source, they sum to one at each place."""
    counts = {("س", "s", 0): 3.0, ("ص", "s", 0): 1.0, ("س", "ss", 0): 1.0}
    rows = {(row.text, row.stretch): math.exp(row.logs[0]) for row in Correspondences(counts, "source").rows}
    assert rows["س", "s"] + rows["ص", "s"] == pytest.approx(1)
    rows = {(row.text, row.stretch): math.exp(row.logs[0]) for row in Correspondences(counts).rows}
    assert rows["س", "s"] + rows["س", "ss"] == pytest.approx(1)


@pytest.mark.parametrize("row", [("ا", "a", "middle", "1"), ("ا", "a", "final", "x")])
def test_faulty_tables_are_refused(row: tuple[str, ...]) -> None:
    """A place or a count that is none is named."""
    table = Lexicon("x/y", ("urdu", "latin", "place", "count"), (row,), "y.tsv")
    with pytest.raises(PackError, match=r"y\.tsv.*is no place and count"):
        read_counts(table, "latin", "urdu")
    with pytest.raises(PackError, match="no column 'roman'"):
        read_counts(table, "roman", "urdu")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mjy nhi pta", "مجھے نہیں پتا"),  # spellings are settled first
        ("Mera naam Ali hai.", "میرا نام علی ہے۔"),
        ("kya aap theek hain?", "کیا آپ ٹھیک ہیں؟"),
        ("us ne kaha ke woh aaye ga", "اس نے کہا کہ وہ آئے گا"),  # the words around decide what ke is
        ("ali ke ghar", "علی کے گھر"),
        ("3.5 kitab", "3.5 کتاب"),  # a point within a number stays
        ("@ali http://x.pk ko", "@ali http://x.pk کو"),
        ("زندگی", "زندگی"),
    ],
)
def test_to_urdu(text: str, expected: str) -> None:
    """Messages in Latin letters come out in Urdu letters, with Urdu punctuation."""
    assert TO_URDU(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مجھے نہیں پتا۔", "mujhe nahi pata."),
        ("کیا آپ ٹھیک ہیں؟", "kya aap theek hain?"),
        ("Lahore 2024", "Lahore 2024"),
    ],
)
def test_to_latin(text: str, expected: str) -> None:
    """Urdu comes out in the spellings of messages."""
    assert TO_LATIN(text) == expected


@given(st.text(st.sampled_from("abkht eiz.,?\nابکہ۔\ud800é1@"), max_size=30))
def test_any_text_goes_through(text: str) -> None:
    """Both ways take any text, keep its lines, and list edits that give the output."""
    for normalizer in (TO_URDU, TO_LATIN):
        document = normalizer.explain(text)
        assert document.text == normalizer(text) == replay(text, document.edits)
        assert document.text.count("\n") == text.count("\n")


def test_unknown_targets_are_refused() -> None:
    """The scripts that a pack writes are named."""
    with pytest.raises(PackError, match="--to ur"):
        textnorm.load("ur-Latn", target="fa")
    with pytest.raises(PackError, match="leave out --to"):
        textnorm.load("lt", target="ur")
