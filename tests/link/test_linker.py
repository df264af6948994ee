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
from textnorm.link.open import write_index

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


MEDICAL = (
    Concept("D:1", "breast cancer"),
    Concept("D:2", "ovarian cancer"),
    Concept("D:3", "hereditary breast ovarian cancer"),
    Concept("D:4", "gonorrhea", (Alias("GC", cased=True),)),
    Concept("D:5", "gastric cancer"),
    Concept("D:6", "cancer"),
)


@pytest.fixture(scope="module")
def medical() -> Linker:
    """A linker under the rules of the medical pack."""
    return Linker(
        build(MEDICAL, Memory(), Keys("medical"), facts=lambda: {"pack": "medical"}, extras=[vectors])
    )


def test_several_things_in_one_string(medical: Linker) -> None:
    """Both are answered if both are names in full; else the string is one thing."""
    answer = medical.answers(["breast and ovarian cancer"])[0]
    assert answer.composite
    assert [one.id for one in answer.candidates] == ["D:1", "D:2"]
    assert not medical.answers(["breast and skin cancer"])[0].composite
    assert not medical.answers(["hereditary breast and ovarian cancer"])[0].composite


def test_a_document_defines_its_short_forms(medical: Linker) -> None:
    """The document's reading counts, not the dictionary's; without one the dictionary's does."""
    assert _ids(medical, "GC")[0] == "D:4"
    answer = medical.answers(["GC"], contexts=["Gastric cancer (GC) is rare."])[0]
    assert answer.candidates[0].id == "D:5"
    assert answer.read == "Gastric cancer"


def test_a_short_form_with_an_unknown_long_form(medical: Linker) -> None:
    """The dictionary's reading of the short form must not come up then."""
    found = medical("GC", context="Guanylate cyclase (GC) was measured.")
    assert "D:4" not in [one.id for one in found]


def test_user_aliases_win_over_documents(index_folder: Callable[..., Path], tmp_path: Path) -> None:
    """A user's own reading of a short form stands."""
    own = tmp_path / "own.tsv"
    own.write_text("GC\tD:6\n", encoding="utf-8")
    linker = textnorm.load_linker(index_folder(MEDICAL, "medical"), aliases=[str(own)])
    assert _ids(linker, "GC", context="Gastric cancer (GC) is rare.")[0] == "D:6"


def test_user_aliases_take_part_in_every_step(index_folder: Callable[..., Path], tmp_path: Path) -> None:
    """Words in another order and misspelled strings find users' aliases too; unknown ids are kept apart."""
    own = tmp_path / "own.tsv"
    own.write_text("flow wrap hand\tJ:4\nstaff nurse\tJ:7\nfoo\tX:1\n", encoding="utf-8")
    linker = textnorm.load_linker(index_folder(CONCEPTS), aliases=[str(own)])
    assert linker("hand wrap flow")[0][::3] == ("J:4", "flow wrap hand")
    assert linker("flow wrp hand")[0][::2] == ("J:4", linker("flow wrp hand")[0].score, "similar")
    assert [one.id for one in linker("staff nurse")][:3] == ["J:7", "J:1", "J:2"]
    assert (
        linker("flow wrp hand", types=["care"]) == []
        or linker("flow wrp hand", types=["care"])[0].id != "J:4"
    )
    assert [line.split(": ", 1)[1] for line in linker.report] == ["no concept 'X:1', passed over"]


def test_abbreviations_resemble_nothing() -> None:
    """A name of three capitals is found by itself, and not in a longer string that holds the same letters."""
    concepts = [Concept("J:1", "store detective", (Alias("SD"),)), Concept("J:2", "business consultant")]
    linker = Linker(build(concepts, Memory(), Keys(), facts=lambda: {"pack": ""}, extras=[vectors]))
    assert _ids(linker, "SD")[0] == "J:1"
    assert _ids(linker, "SAP SD consultant")[0] == "J:2"


def test_names_that_several_share_say_nothing_about_the_others(tmp_path: Path) -> None:
    """A label that is the name of one concept is as good as certain, however many names others share."""
    places = [f"{side} {what}" for side in ("left", "right", "upper") for what in map(_word, range(80))]
    concepts = [
        Concept(f"P:{n}", place, (Alias(f"{place} side"), Alias(f"part {n % 100}"), Alias(f"zone {n % 90}")))
        for n, place in enumerate(places)
    ]
    write_index(concepts, tmp_path / "idx", lambda: {"pack": "", "sources": [], "learned": []})
    linker = textnorm.load_linker(tmp_path / "idx")
    assert linker("left " + _word(7))[0].score > 0.9
    assert linker("part 7")[0].score < 0.7


def _word(number: int) -> str:
    return "".join("bdfgklmnprst"[(number // 12**k) % 12] + "aeio"[(number + k) % 4] for k in range(4))
