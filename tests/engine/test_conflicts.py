"""Which of several overlapping matches is used, on a tiny pack."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from textnorm import Normalizer, PackError
from textnorm.grammar import context
from textnorm.pack.load import load_pack

PACK = """format: 1
kind: pack
name: xx
version: '1'
doc: A tiny pack.
stages: [{stage: rules, layer: nsw, files: [rules.yaml]}]
classes: [FIRST, SECOND]
"""


def pack(folder: Path, rules: str) -> Normalizer:
    """A normalizer for rules written as `id: key=value …` lines of YAML flow mappings."""
    home = folder / "xx"
    home.mkdir(exist_ok=True)
    (home / "pack.yaml").write_text(PACK, encoding="utf-8")
    head = "format: 1\nkind: rules\nnamespace: xx\nclass: FIRST\nrules:\n"
    (home / "rules.yaml").write_text(head + rules, encoding="utf-8")
    return Normalizer.from_pack(load_pack("xx", rules=[home]))


def test_the_longer_match_wins(tmp_path: Path) -> None:
    """Of equal priority the longer span is used."""
    tn = pack(
        tmp_path,
        "  - {id: short, doc: d, match: '\\d+', say: S}\n  - {id: long, doc: d, match: '\\d+ km', say: L}\n",
    )
    assert tn("5 km 7") == "L S"


def test_priority_beats_length(tmp_path: Path) -> None:
    """A higher priority wins over a longer span."""
    tn = pack(
        tmp_path,
        "  - {id: short, doc: d, match: '\\d+', say: S, priority: '1'}\n"
        "  - {id: long, doc: d, match: '\\d+ km', say: L}\n",
    )
    assert tn("5 km") == "S km"


def test_negative_priority_yields_even_where_it_would_match_more(tmp_path: Path) -> None:
    """The weak rule is used only where nothing else is."""
    tn = pack(
        tmp_path,
        "  - {id: weak, doc: d, match: '\\d+ \\w+', say: W, priority: '-1'}\n"
        "  - {id: plain, doc: d, match: '\\d+', say: P, when: {matches: {n: x}}}\n"
        "  - {id: word, doc: d, match: '[a-z]+\\d', say: Q}\n",
    )
    assert tn("5 km a1") == "W Q"


def test_class_order_then_id_decide_between_equals(tmp_path: Path) -> None:
    """Equal spans: the class listed first, then the id."""
    tn = pack(
        tmp_path,
        "  - {id: a, doc: d, match: '\\d+', say: A, class: SECOND}\n"
        "  - {id: c, doc: d, match: '\\d+', say: C}\n"
        "  - {id: b, doc: d, match: '\\d+', say: B}\n",
    )
    assert tn("5") == "B"
    reasons = {loser.rule: loser.reason for loser in tn.explain("5", why=True).losers}
    assert reasons == {"xx.a": "lost to xx.b", "xx.c": "lost to xx.b"}


def test_a_match_whose_condition_fails_leaves_the_field(tmp_path: Path) -> None:
    """The weaker rule wins where the stronger one is refused."""
    tn = pack(
        tmp_path,
        "  - {id: strong, doc: d, match: '(?P<n>\\d+) km', say: K, before: 'x '}\n"
        "  - {id: weak, doc: d, match: '\\d+', say: N}\n",
    )
    assert tn("5 km, x 5 km") == "N km, x K"


def test_output_is_not_read_again(tmp_path: Path) -> None:
    """What a rule writes is no input of the same stage."""
    tn = pack(tmp_path, "  - {id: n, doc: d, match: '\\d', say: '7 7'}\n")
    assert tn("5") == "7 7"


def test_results_do_not_depend_on_hash_seeds() -> None:
    """The same text under two hash seeds."""
    code = "import textnorm; print(textnorm.load('lt')('2 str. 3 d., 5 km, XIX a., LRT, 10–15 val. ir 2,5 proc.'))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_a_runaway_pattern_ends_in_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's catastrophic pattern is stopped and named."""
    monkeypatch.setattr(context, "TIMEOUT", 0.05)
    tn = pack(tmp_path, "  - {id: bad, doc: d, match: '(?:a|aa)+c', say: B}\n")
    with pytest.raises(PackError, match=r"xx\.bad"):
        tn("a" * 60)
