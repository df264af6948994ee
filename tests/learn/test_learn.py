"""Learning from small pairs: what is found, what is left out, and that the pack does the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import textnorm
from textnorm.errors import InputError
from textnorm.evaluate.aligned import Pair, Sentence, read_aligned
from textnorm.evaluate.lexical import StageScore, by_tokens
from textnorm.learn import Learned, Settings, learn, write_pack
from textnorm.learn.examples import exemplified
from textnorm.learn.learner import cheapest
from textnorm.learn.running import run
from textnorm.pack.lint import lint
from textnorm.pack.load import load_pack
from textnorm.pack.testing import normalizers, run_tests

LENIENT = Settings(needless=0.04)  # the sample is small and full of words in -in
CHAT = Path(__file__).parents[2] / "data" / "samples" / "chat.tsv"


def run_tokens(learned: Learned, sentences: list[list[str]]) -> list[list[str]]:
    """What the tokens of sentences become by all that was learned."""
    return run([step for _, step in learned.passes()], sentences)


@pytest.fixture(scope="module")
def pairs() -> list[Sentence]:
    """The chat messages of the documentation."""
    return read_aligned([str(CHAT)]).sentences


@pytest.fixture(scope="module")
def learned(pairs: list[Sentence]) -> Learned:
    """What they teach."""
    return exemplified(learn(pairs, settings=LENIENT)[0])


@pytest.fixture(scope="module")
def pack(learned: Learned, pairs: list[Sentence], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack written of that."""
    folder = tmp_path_factory.mktemp("packs") / "chat"
    write_pack(learned, folder, "chat", "Chat.", pairs)
    return folder


def test_parts(learned: Learned) -> None:
    """Frequent replacements are in the table, regular ones become rewrites, unhelpful parts are left out."""
    assert [tuple(entry) for entry in learned.entries[:2]] == [("u", "you", 12, 12), ("r", "are", 8, 8)]
    assert ("in$", "ing") in [(one.match, one.to) for one in learned.rewrites]
    assert not learned.starts
    assert not learned.lower


def test_report(pairs: list[Sentence]) -> None:
    """Cross-validation shows both baselines and that the rewrites add to the table."""
    _, report = learn(pairs, settings=LENIENT)
    assert report.baselines["leave as is"].right == 0
    assert report.total.right > report.baselines["most frequent replacement"].right
    assert {"lexicon", "lexicon, once", "rewrites from 80%"} <= {one.part for one in report.parts if one.kept}
    assert all(one.effect.right > 2 * one.effect.needless for one in report.parts if one.kept)
    assert report.total.digits == 0


def test_needless_changes_are_bounded(pairs: list[Sentence]) -> None:
    """Parts with many needless changes are left out until few enough are left, those of most use last."""
    for most in (0.0, 0.01, 0.02, 0.04):
        _, report = learn(pairs, settings=Settings(needless=most))
        assert report.total.needless <= most * (report.total.tokens - report.total.changed)
        assert report.total.right > 0
    kept = {one.part for one in report.parts if one.kept}
    assert "rewrites from 80%" in kept


def test_cheapest() -> None:
    """The parts that go make enough needless changes at the least loss of right ones."""
    effects = [
        StageScore("good", 100, 5, 0),
        StageScore("poor", 20, 5, 9),
        StageScore("small", 6, 2, 0),
        StageScore("pure", 50, 0, 0),
    ]
    assert cheapest(effects, 0) == cheapest(effects, -3) == frozenset()
    assert cheapest(effects, 2) == {"small"}
    assert cheapest(effects, 4) == {"poor"}
    assert cheapest(effects, 7) == {"poor", "small"}
    assert cheapest(effects, 99) == {"good", "poor", "small"}


def test_pack_loads(pack: Path) -> None:
    """The pack is one like any other: no faults, and its examples pass."""
    loaded = load_pack("chat", rules=(pack,))
    assert not lint(loaded)
    results = run_tests(normalizers(loaded), loaded)
    assert len(results) > 5
    assert all(result.ok for result in results)
    assert all(result.fired for result in results if not result.case.unchanged)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hey u, r they swimmin ?", "hey you, are they swimming ?"),
        ("@u #r http://u.r/wat comin2", "@u #r http://u.r/wat comin2"),
        ("Dont begin again, cabin!", "Don't begin again, cabin!"),
        ("1234 u2", "1234 u2"),
    ],
)
def test_pack_normalizes(pack: Path, text: str, expected: str) -> None:
    """New words are rewritten; known words, handles, addresses and codes stay."""
    assert textnorm.load("chat", rules=[str(pack)])(text) == expected


def test_pack_is_what_was_measured(pack: Path, learned: Learned, pairs: list[Sentence]) -> None:
    """The pack on disk does what the passes in memory did in cross-validation."""
    normalizer = textnorm.load("chat", rules=[str(pack)])
    lines = [[raw for raw, _ in sentence] + ["swimmin", "qqqin", "(u)"] for sentence in pairs]
    for tokens, after in zip(lines, run_tokens(learned, lines), strict=True):
        assert by_tokens(tokens, normalizer.explain(" ".join(tokens)).edits) == after


def test_deterministic(pairs: list[Sentence], learned: Learned) -> None:
    """The same pairs give the same pack."""
    assert exemplified(learn(pairs, settings=LENIENT)[0]) == learned


def test_too_few() -> None:
    """A handful of sentences is refused."""
    with pytest.raises(InputError, match="too few to learn from"):
        learn([(Pair("u", "you"),)])


def capital_pairs(count: int) -> list[Sentence]:
    """Sentences whose normal forms begin with a capital, and of which shouted words do not keep theirs."""
    nouns = ["haus", "baum", "hund", "katze", "wald", "berg", "fluss", "weg", "tisch", "stuhl"]
    made = []
    for number in range(count):
        noun = nouns[number % len(nouns)]
        raw = ["das", "ist", noun.upper() if number % 2 else noun, "."]
        made.append(tuple(map(Pair, raw, ["Das", "ist", noun, "."])))
    return made


def test_capitals(tmp_path: Path) -> None:
    """Sentence starts and shouted words are learned as passes that set case, and work on new text."""
    pairs = capital_pairs(60)
    learned, report = learn(pairs)
    assert {"lower", "capitals after line"} <= {one.part for one in report.parts if one.kept}
    write_pack(learned, tmp_path, "xx", "Capitals.", pairs)
    normalizer = textnorm.load("xx", rules=[str(tmp_path)])
    assert normalizer("das ist NEU .") == "Das ist neu ."
    assert not lint(load_pack("xx", rules=(tmp_path,)))


def test_listed_words() -> None:
    """A word list lets rewrites lead to words that the pairs never had, and keeps its words as they are."""
    stems = ["vaz", "dez", "vez", "mez", "lez", "tez", "bez", "kez", "nez", "rez"]
    pairs = []
    for number in range(60):
        stem = stems[number % 10] + "abcdefghij"[number // 10 % 10]
        pairs.append((Pair(stem + "n", stem.replace("z", "ž") + "n"), Pair("to", "to")))
    plain, _ = learn(pairs)
    assert run_tokens(plain, [["qezin"]]) == [["qežin"]]
    spared, _ = learn(pairs, {"qezin": 1.0})
    assert run_tokens(spared, [["qezin"]]) == [["qezin"]]
