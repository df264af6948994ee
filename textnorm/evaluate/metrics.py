"""Scoring: which sentences came out right, and what went wrong in the others.

A sentence is right when its output is one of the accepted ones, letter for letter. Whatever else is
counted (word errors, confusions) is counted against the accepted output nearest to ours: with
several correct readings, any other choice would report differences nobody would call mistakes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import sqrt

from textnorm.document import Document, Edit
from textnorm.evaluate.gold import Sentence
from textnorm.evaluate.textmetrics import TextMetric, text_metrics

Explain = Callable[[str], Document]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one gold sentence; `expected` is the accepted output nearest to `output`."""

    sentence: Sentence
    output: str
    expected: str
    correct: bool
    uncertain: bool
    reachable: bool  # whether an accepted output is among the readings, the chosen one included
    rules: tuple[str, ...]
    similarity: float

    @property
    def needless(self) -> bool:
        """Whether text that was right as it stood was changed for the worse."""
        return self.sentence.is_trap and not self.correct


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over a group of sentences; a share of nothing is None."""

    n: int
    correct: int
    uncertain: int
    certain_correct: int
    reachable: int  # of the uncertain ones
    traps: int
    needless: int

    @property
    def accuracy(self) -> float | None:
        """Share of sentences that came out right."""
        return _share(self.correct, self.n)

    @property
    def uncertain_share(self) -> float | None:
        """Share of sentences in which some reading rests on a bare default."""
        return _share(self.uncertain, self.n)

    @property
    def certain_accuracy(self) -> float | None:
        """Accuracy on the sentences without an uncertain reading."""
        return _share(self.certain_correct, self.n - self.uncertain)

    @property
    def among_readings(self) -> float | None:
        """Share of the sentences with an uncertain reading whose right output is among the readings."""
        return _share(self.reachable, self.uncertain)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of the accuracy."""
        return wilson(self.correct, self.n)


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """How often a rule took part in a sentence, and how often that sentence came out wrong."""

    rule: str
    sentences: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that a report shows."""

    verdicts: tuple[Verdict, ...]
    classes: dict[str, Score]
    total: Score
    confusions: tuple[tuple[str, str, int], ...]
    rules: tuple[RuleRecord, ...]
    metrics: tuple[TextMetric, ...]

    @property
    def macro_accuracy(self) -> float:
        """Mean of the classes' accuracies: a small class weighs as much as a large one."""
        return sum(score.correct / score.n for score in self.classes.values()) / len(self.classes)

    @property
    def wrong(self) -> list[Verdict]:
        """The wrong sentences, the furthest from their accepted output first."""
        return sorted((v for v in self.verdicts if not v.correct), key=lambda v: v.similarity)


def evaluate(
    sentences: Sequence[Sentence],
    explainer: Callable[[tuple[str, ...]], Explain],
    *,
    ignore_case: bool = False,
    fold: Callable[[str], str] = str,
) -> Evaluation:
    """Score `sentences`; `explainer` gives the normalizer for a set of additional layers.

    `fold` makes alike what is not to count as a difference, in outputs and accepted outputs both.
    """
    explainers = {layers: explainer(layers) for layers in dict.fromkeys(s.layers for s in sentences)}

    def folded(text: str) -> str:
        return fold(text).casefold() if ignore_case else fold(text)

    verdicts = tuple(_judge(s, explainers[s.layers](s.input), folded) for s in sentences)
    classes = dict.fromkeys(s.cls for s in sentences)
    return Evaluation(
        verdicts=verdicts,
        classes={cls: tally(v for v in verdicts if v.sentence.cls == cls) for cls in classes},
        total=tally(verdicts),
        confusions=tuple(_confusions(verdicts)),
        rules=tuple(_rule_records(verdicts)),
        metrics=text_metrics([v.expected for v in verdicts], [v.output for v in verdicts]),
    )


def tally(verdicts: Iterable[Verdict]) -> Score:
    """The counts over `verdicts`."""
    n = correct = uncertain = certain_correct = reachable = traps = needless = 0
    for verdict in verdicts:
        n += 1
        correct += verdict.correct
        uncertain += verdict.uncertain
        certain_correct += verdict.correct and not verdict.uncertain
        reachable += verdict.reachable and verdict.uncertain
        traps += verdict.sentence.is_trap
        needless += verdict.needless
    return Score(n, correct, uncertain, certain_correct, reachable, traps, needless)


def wilson(correct: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927).

    Unlike the textbook normal interval it stays inside 0..1 and does not shrink to a point when
    every sentence is right, which small classes often are.

    >>> [round(x, 3) for x in wilson(10, 10)]
    [0.722, 1.0]
    """
    if not n:
        return 0.0, 1.0
    z = 1.959963984540054
    share = correct / n
    centre = share + z * z / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def nearest(output: str, accepted: Sequence[str]) -> tuple[str, float]:
    """The accepted output most like `output` and how alike they are (0..1); the first of equals.

    Words decide, letters break ties, so that one wrong ending counts less than a missing word.
    """
    if output in accepted:
        return output, 1.0
    words = output.split()
    scored = [(_ratio(words, text.split()), _ratio(output, text), -n) for n, text in enumerate(accepted)]
    by_words, _, index = max(scored)
    return accepted[-index], by_words


def diff_words(expected: str, got: str) -> Iterator[tuple[str, str]]:
    """The differing stretches as (expected, got), word by word where their lengths allow it.

    >>> list(diff_words("in the fifth year", "in fifth years"))
    [('the', ''), ('year', 'years')]
    """
    left, right = expected.split(), got.split()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if i2 - i1 == j2 - j1:
            yield from zip(left[i1:i2], right[j1:j2], strict=True)
        else:
            yield " ".join(left[i1:i2]), " ".join(right[j1:j2])


def _judge(sentence: Sentence, doc: Document, fold: Callable[[str], str]) -> Verdict:
    """The verdict on one document."""
    output = fold(doc.text.strip())
    accepted = [fold(text) for text in sentence.accepted]
    expected, similarity = nearest(output, accepted)
    return Verdict(
        sentence=sentence,
        output=output,
        expected=expected,
        correct=output == expected,
        uncertain=any(edit.uncertain for edit in doc.edits),
        reachable=output == expected or any(is_reading(doc, text, fold) for text in accepted),
        rules=tuple(dict.fromkeys(rule for edit in doc.edits for rule in _rules(edit))),
        similarity=similarity,
    )


def is_reading(doc: Document, text: str, fold: Callable[[str], str] = str) -> bool:
    """Whether `text` comes out for some choice among the readings of every edit."""
    ends = {0}
    last = 0
    source = doc.source.rstrip()
    for edit in doc.edits:
        kept = fold(source[last : edit.start] if last else source[: edit.start].lstrip())
        ends = {end + len(kept) for end in ends if text.startswith(kept, end)}
        ends = {
            end + len(said) for end in ends for said in map(fold, edit.readings) if text.startswith(said, end)
        }
        last = edit.end
    rest = fold(source[last:] if last else source.strip())
    return any(text[end:] == rest for end in ends)


def _rules(edit: Edit) -> Iterator[str]:
    """The rules behind an edit: its own, or those of its steps where stages overlapped."""
    if not edit.steps:
        yield edit.rule
    for step in edit.steps:
        yield from _rules(step)


def _confusions(verdicts: Iterable[Verdict]) -> Iterator[tuple[str, str, int]]:
    """(expected, got, count), the most frequent first, equals in order of appearance."""
    counts = Counter(pair for v in verdicts if not v.correct for pair in diff_words(v.expected, v.output))
    for (expected, got), count in counts.most_common():
        yield expected, got, count


def _rule_records(verdicts: Iterable[Verdict]) -> list[RuleRecord]:
    """The rules that took part in wrong sentences, the worst first."""
    used: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for verdict in verdicts:
        used.update(verdict.rules)
        if not verdict.correct:
            wrong.update(verdict.rules)
    records = [RuleRecord(rule, used[rule], count) for rule, count in wrong.items()]
    return sorted(records, key=lambda r: (-r.wrong, r.sentences, r.rule))


def _ratio(left: Sequence[object], right: Sequence[object]) -> float:
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
