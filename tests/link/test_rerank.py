"""Re-ranking with an encoder whose opinions are written down in the test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from textnorm.errors import PackError
from textnorm.link.concept import Candidate
from textnorm.link.rerank import Reranker, Weights, read_weights, write_weights

FLU = Candidate("d:1", "influenza", 0.4, "grippe", "similar")
COLD = Candidate("d:2", "common cold", 0.5, "cold", "similar")
COPD = Candidate("d:3", "COPD", 0.1, "chronic obstructive lung disease", "similar")


def opinion(query: str, texts: Sequence[str]) -> list[float]:
    """What the encoder holds to be near."""
    return [{"grippe": 0.9, "cold": 0.3}.get(text, 0.1) for text in texts]


def test_the_encoder_moves_what_it_holds_to_be_near() -> None:
    """A candidate goes by the nearer of its label and the name that matched."""
    found = Reranker(opinion, Weights())("flu", [COLD, FLU, COPD])
    assert [one.id for one in found] == ["d:1", "d:2", "d:3"]
    assert all(0 < one.score < 1 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_without_a_say_of_the_encoder_scores_stay() -> None:
    """With weight 0 the lexical scores come out as they went in."""
    found = Reranker(opinion, Weights(neural=0))("flu", [COLD, FLU, COPD])
    assert [one.id for one in found] == ["d:2", "d:1", "d:3"]
    assert [one.score for one in found] == pytest.approx([0.5, 0.4, 0.1])


def test_settled_candidates_stay_first() -> None:
    """What leads by a name of its own is not put behind another, and no other is likelier."""
    found = Reranker(opinion, Weights(neural=40))("flu", [COLD, FLU, COPD], settled=1)
    assert [one.id for one in found] == ["d:2", "d:1", "d:3"]
    assert found[0] == COLD
    assert found[1].score <= COLD.score


def test_one_candidate_is_not_asked_about() -> None:
    """Nothing can be put in order, so the encoder is left alone."""
    assert Reranker(lambda query, texts: 1 / 0, Weights())("flu", [FLU]) == [FLU]  # type: ignore[arg-type, return-value]


def test_weights_are_kept_beside_the_encoder(tmp_path: Path) -> None:
    """What training wrote is read back; a broken file is an error that names it."""
    assert read_weights(tmp_path) is None
    write_weights(tmp_path, Weights(-0.5, 2.0, 3.25))
    assert read_weights(tmp_path) == Weights(-0.5, 2.0, 3.25)
    (tmp_path / "reranker.json").write_text('{"weight": 1}')
    with pytest.raises(PackError, match=r"reranker\.json is broken"):
        read_weights(tmp_path)
