from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import textnorm
from textnorm.document import replay
from textnorm.errors import PackError
from textnorm.normalizer import Normalizer

WORDS = "word\tright\tcount\tsource\nnhi\tnahi\t500\town\nor\taur\t400\town\nnahi\tnahi\t500\town\n"
TABLES = {
    "words": WORDS,
    "rare": "word\tright\tcount\tsource\nmard\tmard\t40\town\nkitab\tkitab\t90\town\nzyda\tzyada\t5000\town\n",
    "english": "word\tsource\nor\town\nthe\town\ngood\town\ntime\town\n",
    "names": "name\tsource\nkitb\town\n",
    "contexts": "word\tbefore\tafter\tright\tsource\nkia\t^ ye\t\tkya\town\nkia\t\t$ hai\tkiya\town\n",
}
PHONETICS = {
    "sound": {"doc": "x", "rewrite": [{"match": "aa", "to": "a"}]},
    "bones": {"doc": "x", "rewrite": [{"match": "(?<!^)[aeiouy]+", "to": ""}]},
}
HEAD = {"kind": "spelling", "class": "A", "doc": "x", "column": "right", "keep": ["xx/english"]}
FIRST = {**HEAD, "namespace": "xx.first", "table": "xx/words", "contexts": "xx/contexts", "squeeze": "on"}
SECOND = {
    **HEAD,
    "namespace": "xx.second",
    "table": "xx/rare",
    "names": ["xx/names"],
    "like": "sound",
    "short": "bones",
    "capitalized": "keep",
}


@pytest.fixture
def tn(make: Callable[..., Normalizer]) -> Normalizer:
    """A normalizer with two spelling files."""
    return make(
        stages=[{"stage": "spelling", "layer": "spelling", "files": ["first.yaml", "second.yaml"]}],
        files={"first": FIRST, "second": SECOND},
        tables=TABLES,
        grammar={
            "phonetics": PHONETICS,
            "fences": {"tag": {"doc": "x", "match": r"#\w+"}},
        },
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nhi", "nahi"),
        ("Nhi NHI nhi", "Nahi NAHI nahi"),  # the case stays
        ("kitaab", "kitab"),  # by its sound
        ("mrd", "mard"),  # vowels left out
        ("kitb", "kitb"),  # a name
        ("nhiiii nahiiii", "nahi nahi"),  # drawn out
        ("gooood tiiime", "good time"),
        ("xyzzzz", "xyz"),
        ("nhi8 8nhi n_nhi", "nhi8 8nhi n_nhi"),  # codes are no words
        ("#nhi nhi", "#nhi nahi"),  # fenced
        ("nhi or nhi", "nahi aur nahi"),  # shared with another language: the neighbours tell
        ("the good or", "the good or"),
        ("nhi\nor\nnhi", "nahi\nor\nnahi"),  # neighbours stand in the same line
        ("ye kia nhi", "ye kya nahi"),  # between its neighbours
        ("wo kia hai", "wo kiya hai"),
        ("wo kia to", "wo kia to"),  # no row fits
        ("Kia.", "Kya."),
        ("is Zyda se", "is Zyda se"),  # may be a name
        ("Zyda. Zyda se", "Zyada. Zyada se"),  # opens a sentence
        ("Is Zyda Se", "Is Zyada Se"),  # every word has a capital
        ("", ""),
    ],
)
def test_words(tn: Normalizer, text: str, expected: str) -> None:
    """What is listed, alike or shortened is replaced; what may be something else is not."""
    assert tn(text) == expected


def test_edits_name_the_file_behind_them(tn: Normalizer) -> None:
    """Every edit has its place and the id of its file."""
    edits = tn.explain("ye kia, nhi, kitaab").edits
    assert [(edit.rule, edit.start, edit.before, edit.after) for edit in edits] == [
        ("xx.first", 3, "kia", "kya"),
        ("xx.first", 8, "nhi", "nahi"),
        ("xx.second", 13, "kitaab", "kitab"),
    ]


def test_it_can_be_sent_to_another_process(tn: Normalizer) -> None:
    """Pickled normalizers work like the original."""
    assert pickle.loads(pickle.dumps(tn))("nhi") == "nahi"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"table": "xx/wrods"}, 'no lexicon "xx/wrods"'),
        ({"keep": ["xx/englisch"]}, 'no lexicon "xx/englisch"'),
        ({"like": "sonud"}, 'no phonetic key is called "sonud"'),
        ({"column": "rihgt"}, "no column 'rihgt'"),
    ],
)
def test_wrong_names_are_refused(
    make: Callable[..., Normalizer], change: dict[str, Any], message: str
) -> None:
    """A table, column or key that is not there is named when the pack loads."""
    with pytest.raises(PackError, match=message):
        make(
            stages=[{"stage": "spelling", "layer": "spelling", "files": ["first.yaml"]}],
            files={"first": {**FIRST, **change}},
            tables=TABLES,
        )


ROMAN = textnorm.load("ur-Latn")
MESSAGES = st.lists(
    st.sampled_from(
        [
            "mjy",
            "nhi",
            "pta",
            "kia",
            "hai",
            "Ali",
            "main",
            "kal",
            "@nhi",
            "the",
            "good",
            "or",
            "5",
            "bohaaat",
            "http://x.pk",
            "�",
            "é",
            "\n",
            ".",
            "?",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(st.one_of(MESSAGES, st.text()))
def test_any_text_goes_through_and_edits_replay(text: str) -> None:
    """Lines stay lines, and the edits over the input give the output, whatever the input holds."""
    document = ROMAN.explain(text)
    assert document.text == ROMAN(text) == replay(text, document.edits)
    assert document.text.count("\n") == text.count("\n")


@given(MESSAGES)
def test_lines_are_independent(text: str) -> None:
    """What comes out for a line does not depend on the lines around it."""
    assert ROMAN(text) == "\n".join(map(ROMAN, text.split("\n")))


def test_canonical_spellings_stay() -> None:
    """What a table writes is left alone by all tables: normalizing twice changes nothing more."""
    for name in ("ur-Latn/function_words", "ur-Latn/spellings"):
        table = ROMAN.pack.lexicons[name]
        targets = sorted({row[table.column("canonical")] for row in table.rows})
        changed = [word for word in targets if ROMAN(word) != word]
        assert changed == []


def test_a_long_line_goes_through() -> None:
    """A line of a megabyte is a line like any other."""
    assert ROMAN("nhi " * 250_000) == "nahi " * 250_000
