"""From aligned pairs to a learned pack: every part is tried on pairs that were held back.

The sentences are cut into folds. All parts are learned from the rest of each fold and added one after the
other; a part that spoils as much as it mends on the fold is left out of the pack, which is then learned from
all sentences.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from textnorm.errors import InputError
from textnorm.evaluate.aligned import Sentence
from textnorm.evaluate.lexical import LexicalScore, StageScore, compare, most_frequent, score
from textnorm.learn.accents import learn_accents
from textnorm.learn.capitals import (
    learn_capitalized,
    learn_lower,
    learn_names,
    learn_starts,
    lowered,
    without_starts,
)
from textnorm.learn.choices import AFTER, REWORKED, layer_of, present, reduced
from textnorm.learn.parts import Learned
from textnorm.learn.rewrites import SQUEEZED, held_back, induce
from textnorm.learn.running import Outputs, run
from textnorm.learn.tables import learn_contexts, learn_entries

FOLDS = 4
_GAIN = 1.5  # right changes that a part must bring for each needless one
_DIGITS = 1_000  # and for each that spoils a figure
_FEW = 20  # sentences from which cross-validation makes sense
_NO_WORDS: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """How much is learned.

    `folds` of cross-validation; `together`: how many rewrites may be made of one word; `needless`: share of
    the normal tokens that may be changed, at most.
    """

    folds: int = FOLDS
    together: int = 2
    needless: float = 0.01


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
    outputs: Outputs = field(default_factory=list)
    settled: Outputs = field(default_factory=list)  # before the pass at hand
    layer: str = ""  # the pass at hand

    def start(self) -> None:
        """Go back to the tokens as they are written."""
        self.outputs = self.settled = _raw(self.test)
        self.layer = ""

    def tried(self, names: Sequence[str]) -> Outputs:
        """What the tokens become by these parts, of which all but the last have been kept."""
        passes = reduced(self.learned, names).passes()
        layer = layer_of(names[-1])
        if layer not in REWORKED and layer != self.layer:
            self.layer, self.settled = layer, self.outputs
        if layer in REWORKED:
            return run([step for _, step in passes], self.settled)
        return run([step for name, step in passes if name == layer], self.settled)


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
        folds.append(_Fold(test, _learn_all(train, listed, chosen), most_frequent(train)))
    tell("parts")
    parts, kept = _bounded(folds, chosen.needless)
    tell("all sentences")
    learned = reduced(_learn_all(sentences, listed, chosen, kept), kept)
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


def _bounded(folds: Sequence[_Fold], most: float) -> tuple[list[PartScore], list[str]]:
    """Select parts so that at most this share of the normal tokens is changed.

    Where it is more, those parts go without which the least is lost.
    """
    names = present([fold.learned for fold in folds])
    scores: dict[str, PartScore] = {}
    left = names
    while True:
        parts, kept = _select(folds, left)
        scores |= {one.part: one for one in parts}
        total = _total(folds)
        excess = math.ceil(total.needless - most * (total.tokens - total.changed))
        gone = cheapest([one.effect for one in parts if one.kept], excess)
        if not gone:
            return [scores[name] for name in names], kept
        scores |= {one.part: replace(one, kept=False) for one in parts if one.part in gone}
        left = [name for name in kept if name not in gone]


def cheapest(effects: Sequence[StageScore], excess: int) -> frozenset[str]:
    """The parts that make at least so many needless changes, and the fewest right ones beyond these.

    All that make any if they are too few together; none if there is no excess.
    """
    best: dict[int, tuple[int, frozenset[str]]] = {0: (0, frozenset())}  # by needless changes, up to excess
    for effect in effects:
        for freed, (lost, gone) in list(best.items()) if effect.needless else ():
            reached = min(freed + effect.needless, max(excess, 0))
            more = lost + effect.right - effect.needless, gone | {effect.layer}
            if reached not in best or more[0] < best[reached][0]:
                best[reached] = more
    return best[max(best)][1]


def _select(folds: Sequence[_Fold], names: Sequence[str]) -> tuple[list[PartScore], list[str]]:
    """Add part by part, and keep those that mend more than they spoil on the folds."""
    parts: list[PartScore] = []
    kept: list[str] = []
    for fold in folds:
        fold.start()
    digits = 0  # that are spoiled by now
    for name in names:
        after = [fold.tried([*kept, name]) for fold in folds]
        effect = _effect(name, folds, after)
        total = _total(folds, after)
        good = effect.right > _GAIN * effect.needless + _DIGITS * (total.digits - digits)
        if good:
            kept.append(name)
            digits = total.digits
            for fold, outputs in zip(folds, after, strict=True):
                fold.outputs = outputs
        parts.append(PartScore(name, effect, total.err, good))
    return parts, kept


def _effect(name: str, folds: Sequence[_Fold], after: Sequence[Outputs]) -> StageScore:
    """What a part did on all folds."""
    found = [
        compare(name, fold.test, fold.outputs, outputs) for fold, outputs in zip(folds, after, strict=True)
    ]
    return StageScore(
        name,
        sum(one.right for one in found),
        sum(one.needless for one in found),
        sum(one.wrong for one in found),
    )


def _report(folds: Sequence[_Fold], parts: Sequence[PartScore]) -> Report:
    frequent = [
        [[fold.frequent.get(raw, raw) for raw, _ in sentence] for sentence in fold.test] for fold in folds
    ]
    baselines = {
        "leave as is": _total(folds, [_raw(fold.test) for fold in folds]),
        "most frequent replacement": _total(folds, frequent),
    }
    return Report(tuple(parts), _total(folds), baselines)


def _total(folds: Sequence[_Fold], outputs: Iterable[Outputs] | None = None) -> LexicalScore:
    """The score of all folds, of what their tokens are by now if nothing else is given."""
    outputs = outputs or [fold.outputs for fold in folds]
    return sum((score(fold.test, found) for fold, found in zip(folds, outputs, strict=True)), LexicalScore())


def _raw(sentences: Sequence[Sentence]) -> Outputs:
    return [[raw for raw, _ in sentence] for sentence in sentences]


def _learn_all(
    sentences: Sequence[Sentence],
    listed: Mapping[str, float],
    settings: Settings,
    kept: Sequence[str] | None = None,
) -> Learned:
    """Every part, learned from the sentences; `kept` names those that will be used, if that is known."""
    starts = [name for name in learn_starts(sentences) if kept is None or AFTER + name in kept]
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
        squeezed=tuple(SQUEEZED.values()),
        rewrites=induce(held),
        accents=learn_accents(plain, held.total, listed),
        names=learn_names(plain, entries),
        together=settings.together,
        starts=tuple(starts),
        words=dict(sorted(held.total.items())),
        listed=listed,
        capitalized=capitalized,
    )
