"""Strings to ranked concepts."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import textnorm
from textnorm.errors import InputError
from textnorm.link.arrays import Memory
from textnorm.link.build import build
from textnorm.link.concept import Alias, Concept
from textnorm.link.extras import vectors
from textnorm.link.keys import Keys
from textnorm.link.linker import Linker

CONCEPTS = (
    Concept("J:1", "registered nurse", (Alias("RN", cased=True), Alias("staff nurse")), types=("care",)),
    Concept(
        "J:2", "nursing assistant", (Alias("nurse aide"), Alias("staff nurse", "related")), types=("care",)
    ),
    Concept("J:3", "machine operator", (Alias("press operator"),), types=("plant",)),
    Concept("J:4", "packing machine operator", (Alias("machine operator"),), types=("plant",)),
    Concept("J:5", "lathe hand", (Alias("turner"), Alias("machinist")), types=("plant",)),
    Concept("J:6", "tool maker", (Alias("machinist"), Alias("staff")), types=("plant",)),
    Concept("J:7", "waiter", (Alias("staff", "broad"),)),
)


@pytest.fixture
def linker() -> Linker:
    """A linker of the concepts above."""
    return Linker(build(CONCEPTS, Memory(), Keys(), facts=lambda: {"pack": ""}, extras=[vectors]))


def _ids(linker: Linker, query: str, **options: object) -> list[str]:
    return [one.id for one in linker(query, **options)]  # type: ignore[arg-type]


def test_a_name_is_found_and_the_tier_named(linker: Linker) -> None:
    """Case and the order of words aside; the candidate tells the name and how it was found."""
    assert linker("Staff Nurse")[0][:2] == ("J:1", "registered nurse")
    assert linker("Staff Nurse")[0][3:] == ("staff nurse", "exact")
    assert linker("operator, press")[0][3:] == ("press operator", "similar")
    assert linker("operator press")[0][3:] == ("press operator", "bag")


def test_scopes(linker: Linker) -> None:
    """A label beats a synonym, a synonym beats a broad or related name, and nothing is dropped."""
    assert _ids(linker, "machine operator")[:2] == ["J:3", "J:4"]
    assert _ids(linker, "staff nurse")[:2] == ["J:1", "J:2"]
    assert _ids(linker, "staff")[:2] == ["J:6", "J:7"]


def test_ambiguity_is_flagged(linker: Linker) -> None:
    """Two concepts that have the name equally surely; not where one has it as its label."""
    assert linker.answers(["machinist"])[0].ambiguous
    assert {one.id for one in linker("machinist")[:2]} == {"J:5", "J:6"}
    assert not linker.answers(["machine operator"])[0].ambiguous


def test_names_that_count_in_their_own_case(linker: Linker) -> None:
    """RN is the nurse, "rn" is not."""
    assert linker("RN")[0].tier == "exact"
    assert linker("rn") == []


def test_alike(linker: Linker) -> None:
    """What no name equals is searched for by likeness, with scores that fall."""
    found = linker("regisstered nurs")
    assert found[0].id == "J:1"
    assert found[0].tier == "similar"
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("query", ["", "   ", "\t", "xylophone", "\ud800", "?!"])
def test_nothing_fits(linker: Linker, query: str) -> None:
    """Blank lines, strings unlike all names, signs and half characters have no candidates."""
    assert linker(query) == []


def test_types(linker: Linker) -> None:
    """Only concepts of the types that are wanted; a type that nobody has is an error."""
    assert _ids(linker, "staff nurse", types=["plant"])[:1] != ["J:1"]
    assert set(_ids(linker, "machine operator", types=["plant"])) <= {"J:3", "J:4", "J:5", "J:6"}
    with pytest.raises(
        InputError, match=r"no concept is of type 'fruit' \(types of this index: care, plant\)"
    ):
        linker("nurse", types=["fruit"])


def test_top(linker: Linker) -> None:
    """At most so many; less than one is a mistake."""
    assert len(linker("machine operator", top=1)) == 1
    with pytest.raises(ValueError, match="top must be at least 1"):
        linker("nurse", top=0)


def test_many_at_once(linker: Linker) -> None:
    """The same answers as one by one, in order, from any iterable."""
    queries = ["staff nurse", "", "turner", "nurse"] * 100
    assert list(linker.link_all(iter(queries), top=3)) == [linker(query, top=3) for query in queries]


def test_min_precision(linker: Linker) -> None:
    """What is not sure enough is not answered at all."""
    assert linker("registered nurse", min_precision=0.5)
    assert linker("regisstered nurs assistand", min_precision=0.99) == []


def test_load_and_pickle(index_folder: Callable[..., Path]) -> None:
    """A linker of a folder is pickled as its name; one of an index without a name is not."""
    folder = index_folder(CONCEPTS)
    linker = textnorm.load_linker(folder)
    again = pickle.loads(pickle.dumps(linker))
    assert again("turner") == linker("turner")
    with pytest.raises(TypeError, match="no name"):
        pickle.dumps(Linker(linker.index))


def test_user_aliases_win(index_folder: Callable[..., Path], tmp_path: Path) -> None:
    """A user's own name beats a label, the likelier of two comes first, and the tier says so."""
    own = tmp_path / "own.tsv"
    own.write_text("machine operator\tJ:5\t3\nmachine operator\tJ:4\t1\nthe boss\tJ:7\n", encoding="utf-8")
    linker = textnorm.load_linker(index_folder(CONCEPTS), aliases=[str(own)])
    found = linker("Machine operator")
    assert [(one.id, one.tier) for one in found[:2]] == [("J:5", "user"), ("J:4", "user")]
    assert linker("the boss")[0].alias == "the boss"
