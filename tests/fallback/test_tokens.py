"""What counts as a word that a model may be asked about."""

from __future__ import annotations

import pytest

from textnorm.fallback.tokens import TOKEN, is_askable, spans


@pytest.mark.parametrize("token", ["zmogus", "don't", "É", "सिंध", "Aš"])
def test_words_are_asked_about(token: str) -> None:
    """Letters, their marks, and apostrophes within."""
    assert is_askable(token)
    assert TOKEN.findall(token) == [token]
    assert spans(token) == []


@pytest.mark.parametrize(
    "token", ["", "2moro", "b2b", "e-mail", "...", ":)", "@me", "#tag", "a.lt", "15", "'tis"]
)
def test_other_tokens_are_not(token: str) -> None:
    """Whatever a tokenizer keeps together, figures and signs are not a model's to change."""
    assert not is_askable(token)
