"""The normalizer that gives each line to the pack of its language."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import textnorm
from textnorm.detect import detector
from textnorm.errors import PackError

URDU = "يہ ميري كتاب ہے اور مجھے بہت پسند ہے"
PERSIAN = "من هر روز صبح ساعت هفت از خواب بيدار مي‌شوم و كار مي‌كنم"
TYPED = "باوکم له کومپانیایهکی گهوره کار دهکات"
TEXT = "\n".join([URDU, "", "سلام", PERSIAN, "???", TYPED, "he is ﻻ", URDU])


@pytest.fixture(scope="module")
def auto() -> textnorm.Normalizer:
    """The normalizer under test."""
    return textnorm.load("auto")


def test_each_line_by_its_pack(auto: textnorm.Normalizer) -> None:
    """Lines come out as from the pack of their language, in order; others stay as they are."""
    lines = TEXT.split("\n")
    packs = {0: "ur", 3: "fa", 5: "ckb", 7: "ur"}
    wanted = [textnorm.load(packs[n])(line) if n in packs else line for n, line in enumerate(lines)]
    assert auto(TEXT).split("\n") == wanted
    assert auto(TEXT) != TEXT


def test_restoring_only_when_asked(auto: textnorm.Normalizer) -> None:
    """Kurdish in Persian letters goes through the safe layers, and is restored with the source "auto"."""
    assert auto(TYPED) == textnorm.load("ckb")(TYPED)
    assert textnorm.load("auto", source="auto")(TYPED) == textnorm.load("ckb", source="fa")(TYPED)
    assert textnorm.load("auto", source="auto")(URDU) == auto(URDU)


def test_explain_and_fold(auto: textnorm.Normalizer) -> None:
    """Edits have the offsets of the whole text and lead to the output; keys are those of the packs."""
    document = auto.explain(TEXT)
    assert document.text == auto(TEXT)
    assert document.edits
    for edit in document.edits:
        assert TEXT[edit.start : edit.end] == edit.before
        assert document.text[edit.out_start : edit.out_end] == edit.after
    assert auto.key(URDU) == textnorm.load("ur").key(URDU)


def test_signature_and_pickle(auto: textnorm.Normalizer) -> None:
    """The signature names the packs, and a copy from another process does the same."""
    assert auto.signature.startswith("auto|")
    assert "ckb|" in auto.signature
    assert pickle.loads(pickle.dumps(auto))(TEXT) == auto(TEXT)


@pytest.mark.parametrize(
    "more",
    [{"layers": ["letters"]}, {"options": {"a": "b"}}, {"source": "fa"}, {"target": "ur"}, {"inverse": True}],
)
def test_what_needs_one_language(more: dict[str, object]) -> None:
    """Choices that only one pack can understand are refused."""
    with pytest.raises(PackError, match="auto"):
        textnorm.load("auto", **more)  # type: ignore[arg-type]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(TEXT.split("\n")), st.text(st.characters(exclude_characters="\n"), max_size=60)
        ),
        max_size=6,
    )
)
def test_unsure_lines_stay(lines: list[str]) -> None:
    """Whatever the lines are, those without a language come out as they went in, and none is lost."""
    out = textnorm.load("auto")("\n".join(lines)).split("\n")
    assert len(out) == max(1, len(lines))
    assert [new for old, new in zip(lines, out, strict=False) if detector()(old).language == "und"] == [
        old for old in lines if detector()(old).language == "und"
    ]
