"""The `fallback` stage: words that may be asked about go to a model, line after line in one batch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

from textnorm.document import Edit
from textnorm.fallback.gate import CHECKS, Gate
from textnorm.fallback.guarded import Guarded
from textnorm.fallback.lines import Test, Words, never
from textnorm.fallback.protocol import Answer, Ask, Engine
from textnorm.fallback.tokens import TOKEN, outside, spans
from textnorm.memo import Memo

_BATCH = 2048  # words that a model is asked about at a time
_KEPT = 50_000  # answers that are remembered
_DOUBT = log(0.75)  # an answer less probable than this is uncertain
Spans = Sequence[tuple[int, int]]
Match = Callable[[str], Iterator[tuple[int, int]]]
Taken = tuple[int, str, str, float]  # place, word, answer, log-probability
Asked = tuple[int, str, "Ask | str"]  # place, word, and what is asked or the form that it always has


@dataclass(frozen=True, slots=True)
class Rules:
    """What a pack says about the words that may be asked about, and what may become of them."""

    id: str
    cls: str
    gate: Gate
    allows: Callable[[str, str], bool] = lambda word, answer: True
    stays: Collection[str] = frozenset()  # known words and names, in lower case
    protect: Match = lambda line: iter(())
    skip: Test = never
    lines: Words | None = None  # None: all lines are in the language
    keep_uncertain: bool = False


class FallbackStage:
    """Replaces words by what a model makes of them, where the gate lets that pass."""

    asks = True  # a model, about words that no rule made

    def __init__(self, rules: Rules, engine: Callable[[], Engine]) -> None:
        self._rules, self._make = rules, engine
        self._engine: Engine | None = None
        self._answers: dict[Ask, Answer] = {}
        self._settled: Memo[str, str | None] = Memo(lambda word: self._ready().settled(word), _KEPT)
        self._refusals: Memo[tuple[str, str], bool] = Memo(self._refused, _KEPT)

    def apply(self, text: str, made: Spans = ()) -> str:
        """The text with the model's answers; stretches of it that rules `made` stay."""
        pieces: list[str] = []
        last = 0
        for start, word, answer, _ in self._taken(text, made):
            pieces += (text[last:start], answer)
            last = start + len(word)
        return "".join([*pieces, text[last:]]) if pieces else text

    def edits(self, text: str, made: Spans = ()) -> list[Edit]:
        """One edit per word, with the model, the log-probability and what the gate made sure of."""
        return [self._edit(*taken) for taken in self._taken(text, made)]

    def _taken(self, text: str, made: Spans) -> Iterator[Taken]:
        """The answers that the gate lets pass, in order."""
        gate = self._rules.gate
        if gate.threshold is None:
            return
        asked = self._asked(text, made)
        answers = self._answered([ask for _, _, ask in asked if isinstance(ask, Ask)])
        for start, word, ask in asked:
            answer, score = answers[ask] if isinstance(ask, Ask) else (ask, 0.0)
            if not isinstance(answer, str) or answer == word or not gate.is_likely(score):
                continue
            if score < _DOUBT and self._rules.keep_uncertain:
                continue
            if not self._refusals[word, answer]:
                yield start, word, answer, score

    def _refused(self, pair: tuple[str, str]) -> bool:
        """Whether an answer is none for this word, however likely it is."""
        return bool(self._rules.gate.refusal(*pair, 0.0)) or not self._rules.allows(*pair)

    def _edit(self, start: int, word: str, answer: str, score: float) -> Edit:
        evidence = (
            f"model: {self._ready().name}",
            f"log-probability: {score:.2f}, that is {exp(score):.0%}",
            f"gate: {' '.join(CHECKS)}",
        )
        end, doubtful = start + len(word), score < _DOUBT
        return Edit(
            self._rules.id, self._rules.cls, start, end, word, answer, uncertain=doubtful, evidence=evidence
        )

    def _ready(self) -> Engine:
        """The model, read when the first word comes."""
        if self._engine is None:
            self._engine = Guarded(self._make())
        return self._engine

    # -- which words are asked about ---------------------------------------------------------------

    def _asked(self, text: str, made: Spans) -> list[Asked]:
        """The words that may be asked about, with their places; those that are settled with their form."""
        asked: list[Asked] = []
        start = 0
        for line in text.split("\n"):
            if line and not line.isspace() and not self._rules.skip(line):
                here = [
                    (low - start, high - start)
                    for low, high in made
                    if low < start + len(line) and high > start
                ]
                asked += self._asked_in(line, start, here)
            start += len(line) + 1
        return asked

    def _asked_in(self, line: str, start: int, made: list[tuple[int, int]]) -> list[Asked]:
        """Those of a line that begins at `start`, where rules made the stretches in `made`."""
        matches = list(TOKEN.finditer(line))
        tokens = [match[0] for match in matches]
        words = [index for index, token in enumerate(tokens) if token[0].isalpha()]
        closed = [*spans(line), *self._rules.protect(line), *made]
        if closed:
            free = outside(matches, closed)
            words = [index for index in words if free[index]]
        if self._rules.lines is not None:
            known = self._rules.lines.weights
            weights = [known[tokens[index]] for index in words]
            if sum(weights) <= 0:
                return []
            if min(weights) < 0:
                words = [index for index, weight in zip(words, weights, strict=True) if weight >= 0]
        reach, settled, stays = self._ready().reach, self._settled, self._rules.stays
        asked: list[Asked] = []
        for index in words:
            word = tokens[index]
            form = settled[word]
            if form == word or (stays and word.lower() in stays):
                continue
            if form is None:
                left = tuple(tokens[max(index - reach, 0) : index])
                ask = Ask(left, word, tuple(tokens[index + 1 : index + 1 + reach]))
                asked.append((start + matches[index].start(), word, ask))
            else:
                asked.append((start + matches[index].start(), word, form))
        return asked

    # -- what the model says -----------------------------------------------------------------------

    def _answered(self, asks: Sequence[Ask]) -> dict[Ask, Answer]:
        """The answers by word and neighbours; each is asked for once."""
        answers = self._answers
        known = ((ask, answers.get(ask)) for ask in asks)
        found = {ask: answer for ask, answer in known if answer is not None}
        fresh = [ask for ask in dict.fromkeys(asks) if ask not in found]
        for first in range(0, len(fresh), _BATCH):
            part = fresh[first : first + _BATCH]
            for ask, answer in zip(part, self._ready().predict(part), strict=True):
                found[ask] = answer
                if len(answers) >= _KEPT:
                    answers.clear()
                answers[ask] = answer
        return found
