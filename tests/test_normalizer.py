"""The normalizer: what is chosen runs, edits replay, lines are independent, and it travels well."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import textnorm
from textnorm.document import Edit, replay
from textnorm.errors import PackError
from textnorm.normalizer import Normalizer, load
from textnorm.pack.load import load_pack
from textnorm.pack.model import Pack
from textnorm.selection import Spec

Make = Callable[..., Normalizer]
NAMES = textnorm.languages()
# Signs around which rules are dense, so that random text is not all misses.
DENSE = "0123456789,.-–/:% $€§+()„“\n\tmdgvalkprstIVX\u00a0\u202fėų°²"


@pytest.fixture(scope="module", params=NAMES)
def tn(request: pytest.FixtureRequest, normalizers: dict[str, Normalizer]) -> Normalizer:
    """The normalizer of each pack."""
    return normalizers[request.param]


@pytest.fixture(scope="module")
def lines(packs: dict[str, Pack], sample_lines: dict[str, list[str]], tn: Normalizer) -> list[str]:
    """Inputs of examples, and samples, of the pack."""
    pack = packs[tn.pack.name]
    inputs = [case.input for stage in pack.stages for item in stage.items for case in item.tests]
    return [*inputs, *sample_lines.get(pack.name, [])]


# -- edits ------------------------------------------------------------------------------------------


def check_document(tn: Normalizer, text: str) -> None:
    """Everything that an explanation promises, for one text."""
    document = tn.explain(text)
    assert document.source == text
    assert document.text == tn(text) == document.replay() == replay(text, document.edits)
    assert tn.explain(text, why=True).edits == document.edits
    last_in = last_out = 0
    for edit in document.edits:
        assert text[last_in : edit.start] == document.text[last_out : edit.out_start]
        assert text[edit.start : edit.end] == edit.before
        assert document.text[edit.out_start : edit.out_end] == edit.after
        last_in, last_out = edit.end, edit.out_end
    assert text[last_in:] == document.text[last_out:]
    assert document.text.count("\n") == text.count("\n")


def test_edits_replay_to_the_text_of_examples_and_samples(tn: Normalizer, lines: list[str]) -> None:
    """Explaining gives what normalizing gives, and outside edits nothing changes."""
    for line in lines:
        check_document(tn, line)
    check_document(tn, "\n".join(lines))


@given(text=st.text(max_size=80) | st.text(DENSE, max_size=80))
@example(text="\r\n\r\n")
@example(text="\ufeff5 km\r\n10 val.\x85\u2028")
@example(text="\u0301\u0323")
@example(text="9" * 5000)
@example(text="1," + "9" * 400 + " %")
def test_any_text_comes_through(text: str, tn: Normalizer) -> None:
    """No text is an error, lines stay lines, and the promises about edits hold."""
    check_document(tn, text)


def test_lone_surrogates_are_no_error(tn: Normalizer) -> None:
    """Text decoded with `surrogateescape` comes through as it is."""
    assert tn("a\udc80b \ud83d") == "a\udc80b \ud83d"


def test_edits_are_composed_over_stages(make: Make) -> None:
    """Offsets lead from the source to the final text, and what several stages did is one edit."""
    tn = make(
        {"id": "km", "match": r"(?P<n>\d) km", "say": "{n} kilometres"},
        files={
            "form": {"kind": "unicode", "namespace": "xx.form", "class": "S", "doc": "d", "form": "NFC"},
            "late": {
                "kind": "rules",
                "namespace": "xx.late",
                "class": "B",
                "rules": [
                    {"id": "five", "doc": "d", "match": "5 kilo", "bounds": "none", "say": "five kilo"}
                ],
            },
        },
        stages=[
            {"stage": "unicode", "layer": "unicode", "files": ["form.yaml"]},
            {"stage": "rules", "layer": "words", "files": ["words.yaml"]},
            {"stage": "rules", "layer": "late", "files": ["late.yaml"]},
        ],
    )
    text = "re\u0301 to 5 km"
    document = tn.explain(text)
    assert document.text == "ré to five kilometres"
    accent, number = document.edits
    assert (accent.rule, accent.before, accent.after) == ("xx.form", "e\u0301", "é")
    assert (number.rule, number.cls, number.before, number.after) == (
        "xx.km+xx.late.five",
        "B",
        "5 km",
        "five kilometres",
    )
    assert [step.rule for step in number.steps] == ["xx.km", "xx.late.five"]
    check_document(tn, text)


def test_offsets_lead_back_to_the_source(lt: Normalizer) -> None:
    """A place in the output is traced to the place in the input that it came from."""
    document = lt.explain("Nubėgo 5 km ir grįžo.")
    assert document.text == "Nubėgo penkis kilometrus ir grįžo."
    assert document.source[document.to_source(document.text.index("ir")) :] == "ir grįžo."
    assert document.source[document.to_source(document.text.index("kilo")) :] == "5 km ir grįžo."


# -- lines and blocks -------------------------------------------------------------------------------


def test_a_block_is_its_lines(tn: Normalizer, lines: list[str]) -> None:
    """Normalizing a block gives what normalizing its lines gives."""
    block = "\n".join(lines)
    assert tn(block).split("\n") == [tn(line) for line in block.split("\n")]


@given(data=st.data())
def test_any_chunking_gives_the_same(data: st.DataObject, tn: Normalizer, lines: list[str]) -> None:
    """Where a text is cut at line breaks does not matter."""
    chosen = data.draw(st.lists(st.sampled_from(lines) | st.text(DENSE, max_size=20), min_size=1, max_size=8))
    text = "\n".join(chosen)
    cut = data.draw(st.integers(0, text.count("\n")))
    pieces = text.split("\n")
    head, tail = "\n".join(pieces[:cut]), "\n".join(pieces[cut:])
    assert tn(text) == (f"{tn(head)}\n{tn(tail)}" if cut else tn(tail))


@given(text=st.text(DENSE, max_size=60))
def test_a_line_does_not_see_its_neighbours(text: str, tn: Normalizer) -> None:
    """A line comes out the same whatever stands before and after it."""
    alone = tn(text)
    assert tn(f"Apie 5.\n{text}\n7 km, 3 m.").split("\n", 1)[1].rsplit("\n", 1)[0] == alone


def test_carriage_returns_stay(lt: Normalizer) -> None:
    """Windows line ends are part of no match, and do not keep the end of a line from being seen."""
    assert lt("Nubėgo 5 km.\r\nDirbame iki 14 val.\r\n") == (
        "Nubėgo penkis kilometrus.\r\nDirbame iki keturioliktos valandos.\r\n"
    )


# -- what runs --------------------------------------------------------------------------------------

CHOICE_RULES = (
    {"id": "a", "match": "a", "say": "1", "class": "NUM", "tags": ["short", "vowel"]},
    {"id": "b", "match": "b", "say": "2", "class": "NUM"},
    {"id": "c", "match": "c", "say": "3", "tags": ["short"]},
)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, "- 1 2 3"),
        ({"only": ["xx.a"]}, "- 1 b c"),
        ({"only": ["xx.[ab]"]}, "- 1 2 c"),
        ({"only": ["xx.*"]}, "- 1 2 3"),
        ({"only": ["NUM"]}, "- 1 2 c"),
        ({"only": ["short"]}, "- 1 b 3"),
        ({"only": ["vowel", "xx.c"]}, "- 1 b 3"),
        ({"off": ["xx.a"]}, "- a 2 3"),
        ({"off": ["NUM"]}, "- a b 3"),
        ({"off": ["short"]}, "- a 2 c"),
        ({"only": ["NUM"], "off": ["vowel"]}, "- a 2 c"),
        ({"only": ["xx"]}, "- a b c"),
        ({"off": ["XX.A"]}, "- 1 2 3"),
    ],
)
def test_only_and_off(chosen: dict[str, Any], expected: str, make: Make) -> None:
    """Rules are chosen by id (also with wildcards), by class and by tag; `off` has the last word."""
    assert make(*CHOICE_RULES, chosen=chosen)("- a b c") == expected


def test_only_and_off_of_a_shipped_pack() -> None:
    """A single string is one pattern, and stages without rules that are left do not run."""
    text = "2024 m. gegužės 9 d. nubėgo 5 km."
    assert load("lt", only="lt.unit.*")(text) == "2024 m. gegužės 9 d. nubėgo penkis kilometrus."
    assert load("lt", off="NUM")(text) == (
        "Du tūkstančiai dvidešimt ketvirtų metų gegužės devintą dieną nubėgo 5 km."
    )


STAGES = [
    {"stage": "rules", "layer": "one", "files": ["words.yaml"]},
    {"stage": "rules", "layer": "two", "files": ["two.yaml"]},
    {"stage": "rules", "layer": "three", "default": "off", "files": ["three.yaml"]},
]


def file(name: str, match: str) -> dict[str, Any]:
    """A file of one rule that marks its match."""
    rule = {"id": "r", "doc": "d", "match": match, "bounds": "none", "say": f"{match}+"}
    return {"kind": "rules", "namespace": f"xx.{name}", "class": "A", "rules": [rule]}


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        (None, "xa+ b+ c"),
        (["one"], "xa+ b c"),
        (["three", "two"], "xa b+ c+"),
        (["+three"], "xa+ b+ c+"),
        (["-one"], "xa b+ c"),
        (["-one", "+three"], "xa b+ c+"),
        (["one", "+three"], "xa+ b c+"),
    ],
)
def test_layers(layers: list[str] | None, expected: str, make: Make) -> None:
    """Exactly those named run; '+' adds to those on by default, '-' takes away."""
    rule = {"id": "r", "match": "a", "bounds": "none", "say": "a+"}
    files = {"two": file("two", "b"), "three": file("three", "c")}
    tn = make(rule, files=files, stages=STAGES, chosen={"layers": layers})
    assert tn("xa b c") == expected


def test_unknown_layers_are_errors(make: Make) -> None:
    """The message names those there are."""
    with pytest.raises(PackError, match=r"pack 'xx' has no layer 'tree' \(layers: words\)"):
        make({"id": "r", "match": "a"}, chosen={"layers": ["+tree"]})


OPTIONS = {
    "style": {"values": ["short", "long"], "default": "short", "doc": "d"},
    "size": {"values": ["big", "small"], "default": "small", "doc": "d"},
}
STYLED = {
    "id": "r",
    "match": "a",
    "say": [{"when": {"option": {"style": "long"}}, "say": "LONG"}, {"say": "S"}],
}


def test_options(make: Make) -> None:
    """A style choice takes effect; what is not chosen has its default."""
    assert make(STYLED, options=OPTIONS)("a") == "S"
    assert make(STYLED, options=OPTIONS, chosen={"options": {"style": "long"}})("a") == "LONG"
    assert make(STYLED, options=OPTIONS).options == {"style": "short", "size": "small"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stile": "long"}, r"pack 'xx' has no option 'stile' \(options: size style\)"),
        ({"style": "wide"}, r"option 'style' cannot be 'wide' \(one of: short long\)"),
    ],
)
def test_options_are_validated(options: dict[str, str], message: str, make: Make) -> None:
    """Unknown options and values are errors that name the known ones."""
    with pytest.raises(PackError, match=message):
        make(STYLED, options=OPTIONS, chosen={"options": options})


def test_a_pack_without_options_says_so(make: Make) -> None:
    """There is nothing to choose."""
    with pytest.raises(PackError, match=r"has no option 'style' \(options: this pack has none\)"):
        make({"id": "r", "match": "a"}, chosen={"options": {"style": "long"}})


def test_unknown_packs_are_errors() -> None:
    """As a mistyped language tag is."""
    with pytest.raises(PackError, match="xyz"):
        load("xyz")


def test_strict_leaves_what_is_uncertain(lt: Normalizer) -> None:
    """Edits of uncertain readings, and only those, are not made."""
    strict = load("lt", uncertain="keep")
    unsure = 0
    for line in (Path(__file__).parent.parent / "data/samples/lt.txt").read_text("utf-8").splitlines():
        doubtful = [edit for edit in lt.explain(line).edits if edit.uncertain]
        unsure += len(doubtful)
        assert not any(edit.uncertain for edit in strict.explain(line).edits)
        if not doubtful:
            assert strict(line) == lt(line)
    assert unsure > 0


def test_user_rules_are_laid_over_the_pack(tmp_path: Path) -> None:
    """A file of one's own adds rules; of equal matches the pack's class order decides."""
    rule = "{id: km, doc: d, match: 'km', priority: 5, say: kilometrai}"
    (tmp_path / "own.yaml").write_text(
        f"format: 1\nkind: rules\nnamespace: own.unit\nclass: NUM\nrules: [{rule}]\n", encoding="utf-8"
    )
    tn = load("lt", rules=[tmp_path / "own.yaml"])
    assert tn("Čia yra km ir 10 val.") == "Čia yra kilometrai ir dešimtą valandą."
    assert [edit.rule for edit in tn.explain("Čia yra km").edits] == ["own.unit.km"]


# -- results of other kinds -------------------------------------------------------------------------


def test_key_folds_what_does_not_matter(lt: Normalizer) -> None:
    """Texts that read the same have the same key."""
    assert lt.key("Nubėgo  5 km.\n") == lt.key("NUBĖGO PENKIS KILOMETRUS.") == "nubėgo penkis kilometrus."


def test_pipe_keeps_order_and_context(lt: Normalizer) -> None:
    """Many texts at once give what each gives alone; contexts come along."""
    texts = ["5 km", "", "10 val.", "x\ny 3 m"]
    assert list(lt.pipe(iter(texts), batch_size=2)) == [lt(text) for text in texts]
    pairs = list(lt.pipe(((text, number) for number, text in enumerate(texts)), as_tuples=True))
    assert pairs == [(lt(text), number) for number, text in enumerate(texts)]


def test_why_lists_the_losers(lt: Normalizer) -> None:
    """Matches that were not used are named with the reason."""
    document = lt.explain("Gimė 2024 m. sausio 5 d. Vilniuje.", why=True)
    assert document.losers
    assert all(
        loser.reason and loser.before == document.source[loser.start : loser.end] for loser in document.losers
    )
    assert lt.explain("Gimė 2024 m. sausio 5 d. Vilniuje.").losers == ()


# -- signature --------------------------------------------------------------------------------------


def test_signature_is_the_same_for_the_same_rules() -> None:
    """It depends on rules and options, not on the day, and an option's default counts for nothing."""
    first = load("lt").signature
    assert first == load("lt").signature == load("lt", options={"decimals": "comma"}).signature
    assert first.startswith("lt|v:")


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ({"options": {"decimals": "fraction"}}, "|opt:decimals=fraction|"),
        ({"only": "NUM"}, "|only:NUM|"),
        ({"off": ["lt.date.*", "URL"]}, "|off:lt.date.*,URL|"),
        ({"layers": ["+misspellings"]}, "|layers:+misspellings|"),
        ({"uncertain": "keep"}, "|uncertain:keep|"),
    ],
)
def test_signature_shows_what_was_chosen(chosen: dict[str, Any], shown: str) -> None:
    """A choice is shown, and changes the hash too."""
    plain, other = load("lt").signature, load("lt", **chosen).signature
    assert shown in other
    assert plain.rpartition("|")[2] != other.rpartition("|")[2]


def test_signature_changes_with_the_rules(make: Make) -> None:
    """One letter in one rule is enough."""
    signatures = {make({"id": "r", "match": match}).signature for match in ("a", "b", "a")}
    assert len(signatures) == 2


# -- travelling -------------------------------------------------------------------------------------


def test_pickled_normalizers_are_the_same() -> None:
    """What arrives in another process has the same choices and does the same."""
    tn = load("lt", options={"decimals": "fraction"}, off=["URL"], layers=["+misspellings"], uncertain="keep")
    copy = pickle.loads(pickle.dumps(tn))
    assert copy.spec == tn.spec
    assert copy.signature == tn.signature
    text = "Zmogus nubėgo 2,5 km. per 5 val. www.lrt.lt 7 m."
    assert copy.explain(text) == tn.explain(text)


def test_normalizers_of_own_packs_are_pickled_with_them(make: Make) -> None:
    """A pack that was handed over as an object travels as one."""
    tn = make({"id": "r", "match": "a", "say": "b"}, chosen={"only": ["xx.r"]})
    copy = pickle.loads(pickle.dumps(tn))
    assert (copy("x a"), copy.signature) == ("x b", tn.signature)


def test_specs_are_pickled_by_value() -> None:
    """A spec is all that is needed to build a normalizer again."""
    spec = Spec("lt", only=("NUM",), options={"money": "comma"})
    assert pickle.loads(pickle.dumps(spec)) == spec
    assert Normalizer(spec)("Nubėgo 5 km 5 d.") == "Nubėgo penkis kilometrus 5 d."


def test_threads_may_share_a_fresh_normalizer(sample_lines: dict[str, list[str]]) -> None:
    """Eight threads that start on a normalizer nobody has used yet all get what one gets alone."""
    lines = sample_lines["lt"] + [case.input for case in _examples("lt")]
    expected = list(map(load("lt"), lines))
    old = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(3):
            assert _in_threads(load("lt"), lines) == [expected] * 8
    finally:
        sys.setswitchinterval(old)


def _examples(name: str) -> list[Any]:
    return [case for stage in load_pack(name).stages for item in stage.items for case in item.tests]


def _in_threads(tn: Normalizer, lines: list[str]) -> list[list[str]]:
    """What each of eight threads gets; they begin at different lines."""
    results: list[list[str]] = [[] for _ in range(8)]
    ready = threading.Barrier(8)

    def work(number: int) -> None:
        ready.wait()
        first = number * len(lines) // 8
        turned = [tn(line) for line in lines[first:] + lines[:first]]
        results[number] = turned[len(lines) - first :] + turned[: len(lines) - first]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


SCRIPT = """
import sys, json
from pathlib import Path
import textnorm
from textnorm.pack.load import load_pack
tn = textnorm.load("lt", layers=["+misspellings"])
lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
lines += [case.input for stage in load_pack("lt").stages for item in stage.items for case in item.tests]
documents = [tn.explain(line, why=True).to_dict() for line in lines]
sys.stdout.write(json.dumps([tn.signature, documents, list(map(tn, lines))]))
"""


def test_results_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    """Two processes with different hash seeds give the same bytes: edits, alternatives, losers and all."""
    samples = Path(__file__).parent.parent / "data/samples/lt.txt"

    def run(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TEXTNORM_CACHE_DIR": str(tmp_path / seed)}
        command = [sys.executable, "-c", SCRIPT, str(samples)]
        return subprocess.run(command, env=environment, check=True, capture_output=True).stdout

    first = run("1")
    assert first == run("2")
    assert len(first) > 10_000


def test_edits_of_examples_are_typed(lt: Normalizer) -> None:
    """An explanation holds edits with rule, class and fields."""
    (edit,) = lt.explain("Svėrė 5 kg").edits
    assert isinstance(edit, Edit)
    assert (edit.cls, edit.before, edit.after, edit.fields["n"]) == ("NUM", "5 kg", "penkis kilogramus", "5")


def test_a_pack_names_the_layers_of_its_key() -> None:
    """Folding is for keys alone; the text itself is left as it stands, and the cache remembers it."""
    for _ in range(2):
        tn = textnorm.load("am")
        assert tn.pack.key == ("marks", "homophone", "rounding")
        assert tn.key(" ሠላም  ፍላጐት ") == "ሰላም ፍላጎት"
        assert tn("ሠላም ፍላጐት") == "ሠላም ፍላጐት"
