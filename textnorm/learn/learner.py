"""From aligned pairs to a learned pack: every part is tried on pairs that were held back.

The sentences are cut into folds. All parts are learned from the rest of each fold and added one after the
other; a part that spoils as much as it mends on the fold is left out of the pack, which is then learned from
all sentences.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from textnorm.document import Edit, compose, place, replay
from textnorm.errors import InputError
from textnorm.evaluate.aligned import Sentence
from textnorm.evaluate.lexical import LexicalScore, StageScore, compare, most_frequent, normalized, score
from textnorm.learn.accents import learn_accents
from textnorm.learn.capitals import (
    learn_capitalized,
    learn_lower,
    learn_names,
    learn_starts,
    lowered,
    without_starts,
)
from textnorm.learn.parts import STARTS, Learned, Pass
from textnorm.learn.rewrites import SQUEEZED, held_back, induce
from textnorm.learn.tables import learn_contexts, learn_entries

FOLDS = 4
_GAIN = 2  # right changes that a part must bring for each needless one
_FEW = 20  # sentences from which cross-validation makes sense
_AFTER = "capitals after "
_NO_WORDS: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """How much is learned: the number of folds, and how many rewrites may be made of one word."""

    folds: int = FOLDS
    together: int = 2


@dataclass(frozen=True, slots=True)
class PartScore:
    """What a part did to the sentences held back, and whether it stays."""

    part: str
    effect: StageScore
    err: float | None  # of all parts up to this one
    kept: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Cross-validation: the parts, all of those kept together, and the baselines."""

    parts: tuple[PartScore, ...]
    total: LexicalScore
    baselines: Mapping[str, LexicalScore]
    pairs: int = 0
    sentences: int = 0


@dataclass(slots=True)
class _Fold:
    """A fold, what was learned from the rest, and what its tokens are by now."""

    test: list[Sentence]
    learned: Learned
    frequent: Mapping[str, str]  # the most frequent normal forms
    outputs: list[list[str]]


def learn(
    sentences: Sequence[Sentence],
    listed: Mapping[str, float] = _NO_WORDS,
    settings: Settings | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> tuple[Learned, Report]:
    """What the pairs teach, and how its parts fare on pairs held back.

    `listed` are known words besides the normal forms of the pairs, in lower case. Deterministic: the same
    pairs and words give the same pack. Raises InputError where there are too few sentences.
    """
    chosen = settings or Settings()
    if len(sentences) < max(_FEW, chosen.folds):
        raise InputError(
            f"{len(sentences)} sentences are too few to learn from", remedy=f"give {_FEW} or more"
        )
    folds = []
    for number, (train, test) in enumerate(_folds(sentences, chosen.folds), 1):
        tell(f"fold {number} of {chosen.folds}")
        raws = [[raw for raw, _ in sentence] for sentence in test]
        folds.append(_Fold(test, _learn_all(train, listed, chosen), most_frequent(train), raws))
    parts, kept = _select(
        folds, [name for name in _choices(Learned()) if any(_has(fold.learned, name) for fold in folds)]
    )
    tell("all sentences")
    learned = _reduced(_learn_all(sentences, listed, chosen, kept), kept)
    return learned, replace(_report(folds, parts), pairs=sum(map(len, sentences)), sentences=len(sentences))


def _folds(sentences: Sequence[Sentence], count: int) -> list[tuple[list[Sentence], list[Sentence]]]:
    order = list(range(len(sentences)))
    random.Random(0).shuffle(order)
    made = []
    for fold in range(count):
        test = set(order[fold::count])
        rest = [sentence for index, sentence in enumerate(sentences) if index not in test]
        made.append((rest, [sentences[index] for index in sorted(test)]))
    return made


def _choices(learned: Learned) -> dict[str, dict[str, Any]]:
    """The parts that are tried, in this order: what of a learned pack each of them is."""
    plain = tuple(one for one in learned.rewrites if not one.digits)
    doubling = tuple(one for one in learned.rewrites if one.digits)
    return {
        "lower": {"lower": learned.lower},
        "squeeze": {"squeezed": learned.squeezed},
        "lexicon": {"entries": learned.entries},
        "contexts": {"contexts": learned.contexts},
        "rewrites": {"rewrites": plain},
        "two rewrites": {"together": learned.together if plain else 1},
        "doubling": {"rewrites": doubling},
        "accents": {"accents": learned.accents},
        "names": {"names": learned.names},
        **{_AFTER + name: {"starts": (name,) if name in learned.starts else ()} for name in STARTS},
    }


def _has(learned: Learned, name: str) -> bool:
    """Whether there is anything of a part."""
    (value,) = _choices(learned)[name].values()
    return value not in ("", (), 1)


def _reduced(learned: Learned, kept: Sequence[str]) -> Learned:
    """What was learned without the parts that are not kept."""
    choices = _choices(learned)
    keys: dict[str, Any] = {}
    for name in kept:
        for key, value in choices[name].items():
            keys[key] = (*value, *keys[key]) if key in keys else value  # doubling goes first
    keys["starts"] = tuple(name for name in STARTS if name in keys.get("starts", ()))
    known = Learned(words=learned.words, listed=learned.listed, capitalized=learned.capitalized)
    return replace(known, **keys)


def _select(folds: Sequence[_Fold], names: Sequence[str]) -> tuple[list[PartScore], list[str]]:
    """Add part by part, and keep those that mend more than they spoil on the folds."""
    parts: list[PartScore] = []
    kept: list[str] = []
    for name in names:
        after = [_run(_reduced(fold.learned, [*kept, name]), fold.test) for fold in folds]
        effects = [
            compare(name, fold.test, fold.outputs, outputs)
            for fold, outputs in zip(folds, after, strict=True)
        ]
        right, needless, wrong = (
            sum(getattr(effect, key) for effect in effects) for key in ("right", "needless", "wrong")
        )
        good = right > _GAIN * needless
        if good:
            kept.append(name)
            for fold, outputs in zip(folds, after, strict=True):
                fold.outputs = outputs
        total = sum(
            (score(fold.test, outputs) for fold, outputs in zip(folds, after, strict=True)), LexicalScore()
        )
        parts.append(PartScore(name, StageScore(name, right, needless, wrong), total.err, good))
    return parts, kept


def _report(folds: Sequence[_Fold], parts: Sequence[PartScore]) -> Report:
    def total(outputs: Callable[[_Fold], list[list[str]]]) -> LexicalScore:
        return sum((score(fold.test, outputs(fold)) for fold in folds), LexicalScore())

    baselines = {
        "leave as is": total(lambda fold: [[raw for raw, _ in sentence] for sentence in fold.test]),
        "most frequent replacement": total(
            lambda fold: [[fold.frequent.get(raw, raw) for raw, _ in sentence] for sentence in fold.test]
        ),
    }
    return Report(tuple(parts), total(lambda fold: fold.outputs), baselines)


def _run(learned: Learned, sentences: Sequence[Sentence]) -> list[list[str]]:
    """What the tokens of the sentences become."""
    passes = [one for _, one in learned.passes()]

    def edits(text: str) -> Sequence[Edit]:
        return run(passes, text)

    return [normalized(sentence, edits) for sentence in sentences]


def run(passes: Sequence[Pass], text: str) -> Sequence[Edit]:
    """The edits of a text by several passes, one after the other."""
    edits: tuple[Edit, ...] = ()
    current = text
    for step in passes:
        found = place(step.edits(current))
        edits = compose(text, edits, current, found)
        current = replay(current, found)
    return edits


def _learn_all(
    sentences: Sequence[Sentence],
    listed: Mapping[str, float],
    settings: Settings,
    kept: Sequence[str] | None = None,
) -> Learned:
    """Every part, learned from the sentences; `kept` names those that will be used, if that is known."""
    starts = [name for name in learn_starts(sentences) if kept is None or _AFTER + name in kept]
    plain = without_starts(sentences, starts)
    lower = learn_lower(plain) if kept is None or "lower" in kept else ""
    capitalized = learn_capitalized(plain, lower)
    plain = lowered(plain, lower, capitalized)
    entries = learn_entries(plain)
    held = held_back(plain, listed)
    return Learned(
        lower=lower,
        entries=entries,
        contexts=learn_contexts(plain, entries),
        squeezed=SQUEEZED,
        rewrites=induce(held),
        accents=learn_accents(plain, held.total, listed),
        names=learn_names(plain, entries),
        together=settings.together,
        starts=tuple(starts),
        words=dict(sorted(held.total.items())),
        listed=listed,
        capitalized=capitalized,
    )
