"""Lexical normalization scored token by token, with its two baselines beside it.

The measure is the *error reduction rate* (van der Goot, MoNoise, 2019): the share of the tokens that need
a change which a system gets right, less what it spoils, `(right - needless) / changed`; 100 is perfect, 0
is as good as leaving all text as it is. Texts are normalized as whole sentences, and edits are brought
back to tokens by their offsets.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from textnorm.document import Edit
from textnorm.evaluate.aligned import Sentence

Explain = Callable[[str], Sequence[Edit]]  # a line → its edits, in order of position


@dataclass(frozen=True, slots=True)
class LexicalScore:
    """Counts of tokens.

    `changed` need a change. Of the changes made, `right` have the normal form, `needless` are of tokens
    that were normal, `wrong` are of others. `digits` counts changes that lose or alter digits which the
    normal form keeps.
    """

    tokens: int = 0
    changed: int = 0
    right: int = 0
    needless: int = 0
    wrong: int = 0
    digits: int = 0

    def __add__(self, other: LexicalScore) -> LexicalScore:
        return LexicalScore(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def accuracy(self) -> float | None:
        """Share of tokens that come out in their normal form; None if there are none."""
        return (
            (self.tokens - self.changed + self.right - self.needless) / self.tokens if self.tokens else None
        )

    @property
    def err(self) -> float | None:
        """Error reduction rate; None if no token needs a change."""
        return (self.right - self.needless) / self.changed if self.changed else None

    @property
    def needless_share(self) -> float | None:
        """Share of normal tokens that were changed."""
        clean = self.tokens - self.changed
        return self.needless / clean if clean else None


@dataclass(frozen=True, slots=True)
class StageScore:
    """What one layer did to tokens, given those before it.

    `right` came into their normal form, `needless` were in it and no longer are, `wrong` were not and are
    not.
    """

    layer: str
    right: int
    needless: int
    wrong: int


@dataclass(frozen=True, slots=True)
class LexicalEvaluation:
    """Scores of a pack, of each of its layers, and of the baselines by their names."""

    score: LexicalScore
    stages: tuple[StageScore, ...]
    baselines: Mapping[str, LexicalScore]


def evaluate_lexical(
    layers: Sequence[tuple[str, Explain]],
    sentences: Sequence[Sentence],
    train: Sequence[Sentence] | None = None,
) -> LexicalEvaluation:
    """Score a pack on aligned sentences.

    `layers` are the names of its layers in order, each with a function that gives the edits of a line by all
    layers up to that one. With `train`, the baseline of the most frequent replacement is learned from it.
    """
    outputs = [[raw for raw, _ in sentence] for sentence in sentences]
    stages = []
    for layer, explain in layers:
        after = [normalized(sentence, explain) for sentence in sentences]
        stages.append(compare(layer, sentences, outputs, after))
        outputs = after
    baselines = {"leave as is": score(sentences, [[raw for raw, _ in sentence] for sentence in sentences])}
    if train is not None:
        table = most_frequent(train)
        replaced = [[table.get(raw, raw) for raw, _ in sentence] for sentence in sentences]
        baselines["most frequent replacement"] = score(sentences, replaced)
    return LexicalEvaluation(score(sentences, outputs), tuple(stages), baselines)


def score(sentences: Iterable[Sentence], outputs: Iterable[Sequence[str]]) -> LexicalScore:
    """Compare what tokens became with their normal forms."""
    counts: Counter[str] = Counter()
    for sentence, output in zip(sentences, outputs, strict=True):
        counts["tokens"] += len(sentence)
        for (raw, normal), got in zip(sentence, output, strict=True):
            counts["changed"] += raw != normal
            if got == raw:
                continue
            counts["right" if got == normal else "needless" if raw == normal else "wrong"] += 1
            if got != normal and _digits(raw) == _digits(normal) != _digits(got):
                counts["digits"] += 1
    return LexicalScore(**counts)


def compare(
    layer: str,
    sentences: Iterable[Sentence],
    before: Iterable[Sequence[str]],
    after: Iterable[Sequence[str]],
) -> StageScore:
    """What a layer did to the tokens."""
    counts: Counter[str] = Counter()
    for sentence, old, new in zip(sentences, before, after, strict=True):
        if old == new:
            continue
        for (_, normal), was, got in zip(sentence, old, new, strict=True):
            if was != got:
                counts["right" if got == normal else "needless" if was == normal else "wrong"] += 1
    return StageScore(layer, counts["right"], counts["needless"], counts["wrong"])


def normalized(sentence: Sentence, explain: Explain) -> list[str]:
    """What the tokens of a sentence become."""
    raws = [raw for raw, _ in sentence]
    return by_tokens(raws, explain(" ".join(raws)))


def by_tokens(tokens: Sequence[str], edits: Sequence[Edit]) -> list[str]:
    """The tokens of a text (joined by blanks) after its edits.

    What an edit writes over several tokens belongs to the first of them. Blanks at the ends of a token,
    as where a neighbour goes out, count for nothing.
    """
    if not edits:
        return list(tokens)
    found = []
    start = first = 0  # of the token, and of the edits that may be in it
    written = -1  # the last edit whose text has found its token
    for token in tokens:
        end, place, pieces = start + len(token), start, []
        while first < len(edits) and edits[first].end <= start:
            first += 1
        for number in range(first, len(edits)):
            edit = edits[number]
            if edit.start >= end:
                break
            pieces.append(token[place - start : max(edit.start - start, 0)])
            if number > written:
                pieces.append(edit.after)
                written = number
            place = max(place, min(edit.end, end))
        found.append(" ".join(("".join(pieces) + token[place - start :]).split()))
        start = end + 1
    return found


def most_frequent(sentences: Iterable[Sentence]) -> dict[str, str]:
    """The normal form that each token has most often; of equals the token itself, then by alphabet."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for raw, normal in sentence:
            counts[raw][normal] += 1
    return {raw: best(raw, found)[0] for raw, found in counts.items()}


def best(raw: str, counts: Mapping[str, int]) -> tuple[str, int]:
    """The most frequent form and its count; of equals the word itself, then by alphabet."""
    return min(counts.items(), key=lambda item: (-item[1], item[0] != raw, item[0]))


def _digits(text: str) -> list[str]:
    return [letter for letter in text if letter.isdecimal()]
