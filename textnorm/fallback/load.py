"""From a pack's file to a stage that runs: lists are looked up, the model is read when a word needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from textnorm.errors import PackError
from textnorm.fallback.gate import Gate
from textnorm.fallback.guarded import Guarded
from textnorm.fallback.lines import Signs, Test, Words, never
from textnorm.fallback.protocol import Engine
from textnorm.fallback.stage import FallbackStage, Rules
from textnorm.grammar.context import matcher
from textnorm.pack.model import Fallback, Lexicon
from textnorm.pack.spec.models import TAGGER
from textnorm.pack.tables import TAGGER_SUFFIX, Lexicons

if TYPE_CHECKING:
    from textnorm.neural.settings import Settings

Expand = Callable[[str], str]


def fallback_stage(
    item: Fallback, lexicons: Mapping[str, Lexicon], expand: Expand, uncertain: str, download: bool = False
) -> FallbackStage:
    """The stage for a fallback file of a pack; with `download` its model may be fetched.

    Raises PackError if there is no such model.
    """
    assert isinstance(lexicons, Lexicons)
    if item.threshold is None:
        return FallbackStage(_rules(item, None, lexicons, expand, uncertain, _no_engine), _no_engine)
    find = _tagger if item.engine == TAGGER else _byte_model
    threshold, engine = find(item, lexicons, download)
    return FallbackStage(_rules(item, threshold, lexicons, expand, uncertain, engine), engine)


def _tagger(item: Fallback, lexicons: Lexicons, download: bool) -> tuple[float | None, Callable[[], Engine]]:
    path = lexicons.file(item.model, TAGGER_SUFFIX)
    if path is None:
        remedy = "build it with `textnorm train tagger`"
        raise PackError(f'no model "{item.model}"', at=item.at, remedy=remedy)
    assert not isinstance(item.threshold, str)
    return item.threshold, lambda: _read_tagger(item.model, path)


def _byte_model(
    item: Fallback, lexicons: Lexicons, download: bool
) -> tuple[float | None, Callable[[], Engine]]:
    from textnorm.neural.locate import locate  # few packs ask byte models

    beside = Path(item.at.file).parent / item.model
    folder, settings = locate(str(beside) if beside.is_dir() else item.model, download)
    threshold = settings.threshold if isinstance(item.threshold, str) else item.threshold
    return threshold, lambda: _read_byte_model(item.model, item.engine, folder, settings)


def _no_engine() -> Engine:
    raise AssertionError("a stage that takes no answer asks none")


def _rules(
    item: Fallback,
    threshold: float | None,
    lexicons: Lexicons,
    expand: Expand,
    uncertain: str,
    engine: Callable[[], Engine],
) -> Rules:
    lines = None
    if item.foreign or item.foreign_like or item.own_like:
        foreign_like, own_like = _test(item.foreign_like, expand), _test(item.own_like, expand)
        signs = Signs(
            lambda word: Guarded(engine()).knows(word),
            _entries(item.foreign, lexicons),
            foreign_like,
            own_like,
        )
        lines = Words(signs)
    return Rules(
        item.id,
        item.cls,
        Gate(threshold, *item.length, item.distance, item.signs),
        _mask(item.letters),
        _entries((*item.known, *item.names), lexicons),
        _spans(item.protect, expand),
        _test(item.skip, expand),
        lines,
        uncertain == "keep",
    )


def _mask(letters: Mapping[str, str]) -> Callable[[str, str], bool]:
    """Whether an answer changes no more than the letters that may be changed, into what they stand for."""
    if not letters:
        return lambda word, answer: True
    allowed = {(typed, other) for typed, others in letters.items() for other in others}
    allowed |= {(typed.upper(), other.upper()) for typed, other in allowed}
    return lambda word, answer: (
        len(word) == len(answer)
        and all(pair in allowed for pair in zip(word, answer, strict=True) if pair[0] != pair[1])
    )


def _entries(names: tuple[str, ...], lexicons: Lexicons) -> frozenset[str]:
    return frozenset(row[0].lower() for name in names for row in lexicons[name].rows)


def _test(pattern: str, expand: Expand) -> Test:
    return matcher(expand(pattern), method="search") if pattern else never


def _spans(pattern: str, expand: Expand) -> Callable[[str], Iterator[tuple[int, int]]]:
    if not pattern:
        return lambda line: iter(())
    finditer = matcher(expand(pattern), method="finditer")
    return lambda line: (match.span() for match in finditer(line))


@lru_cache(maxsize=4)
def _read_tagger(name: str, path: Path) -> Engine:
    """The tagger in a file; models are read once for each process."""
    try:
        from textnorm.tagger.model import Tagger
        from textnorm.tagger.modelfile import read_model
    except ModuleNotFoundError as error:
        raise PackError(
            f"the {TAGGER} needs {error.name}, which is not installed",
            remedy="pip install 'textnorm[fallback]'",
        ) from None
    return Tagger(name, read_model(path))


@lru_cache(maxsize=4)
def _read_byte_model(name: str, engine: str, folder: Path, settings: Settings) -> Engine:
    from textnorm.neural.answers import ByteModel

    return ByteModel(name, folder, settings, engine)
