"""Promises of the engine that hold for every pack and every text."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from textnorm import Normalizer, load
from textnorm.engine.rules import RuleStage
from textnorm.pack.load import load_pack, pack_names
from textnorm.patterns import sets

SAMPLE = (Path(__file__).resolve().parents[2] / "data" / "samples" / "lt.txt").read_text(encoding="utf-8")
WORDS = st.sampled_from(
    [
        "5",
        "km",
        "12,5",
        "proc.",
        "2024",
        "m.",
        "sausio",
        "3",
        "d.",
        "iki",
        "nuo",
        "XIX",
        "a.",
        "prof.",
        "Jonas",
        "LRT",
        "8",
        "612",
        "34567",
        "–",
        "−",
        "1",
        "500",
        "Eur",
        "€",
        "%",
        "5-ųjų",
        "10–15",
        "val.",
        "13:15",
        "www.delfi.lt",
        "a@b.lt",
        "„",
        "“",
        "(",
        ")",
        ".",
        ",",
        ";",
        "1/2",
        "3:2",
        "Nr.",
        "II",
        "2",
        "ir",
        "3",
        "straipsnių",
        "p.",
        "kg\xa0",
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=14).map(" ".join)


def stages(tn: Normalizer) -> list[RuleStage]:
    """The rule stages of a normalizer."""
    return [step for step in tn._passes if isinstance(step, RuleStage)]


@pytest.fixture(scope="module")
def tn() -> Normalizer:
    """Lithuanian as it comes."""
    return load("lt")


def examples(name: str) -> list[str]:
    """The inputs of all tests of a pack."""
    pack = load_pack(name)
    return [case.input for stage in pack.stages for item in stage.items for case in item.tests]


@pytest.mark.parametrize("name", pack_names())
def test_the_gate_offers_every_rule_that_matches(name: str) -> None:
    """Whatever a rule matches, anywhere in its pack's examples, the gate names the rule at that place."""
    for stage in stages(load(name)):
        for line in examples(name):
            if "\n" in line:
                continue
            offered = {
                (pos, rule.id)
                for pos, rules in stage.gate.starts(line)
                for group in rules.at(line, pos)
                for rule in group
            }
            for rule in stage.rules:
                if not rule.anchored:
                    continue
                for pos in range(len(line)):
                    match = rule.find(line, pos)
                    if match is None or not match.group() or (pos, rule.id) in offered:
                        continue
                    # A rule that the gate left out must fail by its own `before` or `after`.
                    assert rule.rule.before or rule.rule.after, (rule.id, line, pos)
                    at = _context(line, match)
                    assert rule.fails(match.groupdict(), at), (rule.id, line, pos)


def _context(line: str, match: object):  # type: ignore[no-untyped-def]
    from textnorm.grammar.context import Context

    start, end = match.span()  # type: ignore[attr-defined]
    return Context(line, start, end)


def test_results_are_the_same_without_re2(monkeypatch: pytest.MonkeyPatch, tn: Normalizer) -> None:
    """The gate only makes things faster."""
    lines = [*SAMPLE.splitlines()[:40], *examples("lt")[:150]]
    expected = [tn(line) for line in lines]
    monkeypatch.setattr(sets, "re2", None)
    slow = load("lt")
    assert [slow(line) for line in lines] == expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_explanations_replay_to_the_output(tn: Normalizer, text: str) -> None:
    """Edits applied to the source give the output, and every edit names what it replaced."""
    document = tn.explain(text)
    assert document.text == tn(text) == document.replay()
    for edit in document.edits:
        assert text[edit.start : edit.end] == edit.before
        assert document.text[edit.out_start : edit.out_end] == edit.after


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS.map(lambda text: text.replace("\n", " ").replace("\r", " ")), max_size=5))
def test_lines_do_not_know_their_neighbours(tn: Normalizer, texts: list[str]) -> None:
    """A block gives the same as its lines one by one, and no line is lost."""
    assert tn("\n".join(texts)) == "\n".join(tn(text) for text in texts)


def test_the_sample_as_a_block_and_line_by_line(tn: Normalizer) -> None:
    """The same on real text, carriage returns included."""
    assert tn(SAMPLE) == "\n".join(tn(line) for line in SAMPLE.split("\n"))
    crlf = SAMPLE.replace("\n", "\r\n")
    assert tn(crlf).count("\r\n") == crlf.count("\r\n")


def test_a_pickled_normalizer_gives_the_same(tn: Normalizer) -> None:
    """Options and choice of rules travel with it."""
    chosen = load(
        "lt", off=["lt.unit.*", "lt.number.*"], options={"dates": "definite"}, layers=["+misspellings"]
    )
    again = pickle.loads(pickle.dumps(chosen))
    text = "aciu, 5 km iki sausio 5 d."
    assert again(text) == chosen(text) == "ačiū, 5 km iki sausio penktosios dienos."
    assert again.signature == chosen.signature != tn.signature


def test_threads_share_one_fresh_normalizer() -> None:
    """Rules that are made ready at first use are made ready once for all threads."""
    fresh, lines = load("lt"), SAMPLE.splitlines()[:40]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: [fresh(line) for line in lines], range(8)))
    assert all(result == results[0] for result in results)


def test_pipe_gives_texts_and_contexts_in_order(tn: Normalizer) -> None:
    """The same as one call each."""
    texts = ["5 km", "", "3 vaikai"]
    assert list(tn.pipe(texts)) == [tn(text) for text in texts]
    pairs = [(text, number) for number, text in enumerate(texts)]
    assert list(tn.pipe(pairs, as_tuples=True)) == [(tn(text), number) for text, number in pairs]


def test_keep_leaves_uncertain_readings_alone() -> None:
    """What rests on a bare default stays as written."""
    text = "Nežinia kuo prisidėjo 100 Eur."
    assert load("lt").explain(text).edits[0].uncertain
    assert load("lt", uncertain="keep")(text) == text


def test_rules_are_chosen_by_id_class_and_tag() -> None:
    """`only` and `off` take id globs and class names."""
    text = "Sausio 5 d. nubėgo 5 km."
    assert load("lt", only=["NDATE"])(text) == "Sausio penktą dieną nubėgo 5 km."
    assert load("lt", off=["NDATE"])(text) == "Sausio 5 d. nubėgo penkis kilometrus."
    assert load("lt", only=["lt.unit.*"])(text) == "Sausio 5 d. nubėgo penkis kilometrus."


def test_key_compares_texts_by_what_they_say(tn: Normalizer) -> None:
    """Digits and words, letter case and spaces do not matter."""
    assert tn.key("Nubėgo  5 km") == tn.key("NUBĖGO penkis kilometrus".lower())
