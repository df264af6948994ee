"""A made-up language in which a number is in the accusative after a verb, which no rule can tell from a noun."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from textnorm.normalizer import Normalizer

RULE = {
    "id": "number",
    "match": "(?P<n>[123])",
    "resolve": [{"is": "nom", "uncertain": "acc gen"}],
    "say": "{n:cardinal}",
}
GRAMMAR = {
    "features": {"case": ["nom", "acc", "gen"]},
    "numbers": {
        "cardinal": {
            number: {"forms": [f"{word}{ending}" for ending in ("", "n", "s")]}
            for number, word in (("1", "una"), ("2", "dua"), ("3", "tria"))
        }
    },
}
STAGES = [
    {"stage": "rules", "layer": "words", "files": ["words.yaml"]},
    {"stage": "readings", "layer": "choice", "files": ["choice.yaml"]},
]
CHOICE = {
    "kind": "readings",
    "namespace": "xx.choice",
    "doc": "The accusative after verbs.",
    "model": "xx/choice",
    "margin": "1",
}
TABLE = "clue\tvalue\tweight\tsource\nleft -as\tacc\t4\town\nany\tgen\t-9\town\n"


@pytest.fixture
def plain(make: Callable[..., Normalizer]) -> Normalizer:
    """A normalizer with uncertain readings and nothing that chooses among them."""
    return make(RULE, grammar=GRAMMAR)


@pytest.fixture
def choosing(make: Callable[..., Normalizer]) -> Callable[..., Normalizer]:
    """Makes one with a readings stage; `choice` replaces keys of its file, `chosen` are load options."""

    def maker(
        choice: Mapping[str, str] | None = None,
        table: str = TABLE,
        rules: tuple[Any, ...] = (RULE,),
        **more: Any,
    ) -> Normalizer:
        files = {"choice": {**CHOICE, **(choice or {})}}
        pack = {"grammar": GRAMMAR, "stages": STAGES, "files": files, "tables": {"choice": table}}
        return make(*rules, **{**pack, **more})

    return maker
