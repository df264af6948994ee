"""Decides for a whole line: how much of it was typed in the other script, and what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, inf, log, log1p
from typing import NamedTuple

from textnorm.restore.decoder import Decoder
from textnorm.restore.evidence import MOST, respelled_share
from textnorm.restore.tokens import Token
from textnorm.restore.wordmodel import PAIR, WordModel

LONGEST = 400  # tokens that are weighed together
_LOST = -40.0  # the log probability of a word that the model does not know at all
_LEVELS = 20  # to how many steps the share is rounded, so that readings can be remembered
_CLOSE = 4.5  # readings of a word that fall behind the best by more, in nats, are not weighed
DOUBT = 1.5  # a reading with another one this close behind is uncertain
_CACHE = 200_000
_SPACE = 2.5  # nats for each space that a joined reading takes away: most spaces are spaces
_JOINED = 4  # typed words that may make up one clean word


class Choice(NamedTuple):
    """What stands for tokens `first` to `last`: a word, its lead over the next best, and the others."""

    first: int
    last: int
    word: str
    lead: float
    others: tuple[str, ...]


class _Edge(NamedTuple):
    """Tokens read as a word; `cost` is the log of being typed that way, in a line such as this."""

    width: int  # how many tokens
    word: str
    number: int
    prior: float
    cost: float

    @property
    def score(self) -> float:
        """The log of the joint probability, apart from what the word before says."""
        return self.prior + self.cost


_Way = tuple[float, "_Edge | None", int]  # score, last edge, index of the way before it


class LineReader:
    """Reads lines of tokens with a decoder; the clean reading of a token is the token itself."""

    def __init__(self, decoder: Decoder, margin: float, evidence: float) -> None:
        self._decoder = decoder
        self._words: WordModel = decoder.words
        self._margin, self._evidence = margin, evidence
        self._odds: dict[str, float] = {}
        self._edges: list[dict[str, list[_Edge]]] = [{} for _ in range(_LEVELS + 1)]
        forms = [typed for _, typed, _ in decoder.channel.probabilities if " " in typed]
        self._spaced = tuple(dict.fromkeys(typed.partition(" ")[0] for typed in forms))

    def share(self, words: Iterable[str]) -> float:
        """The share of words of the line that were respelled; 0 without evidence that any were."""
        known, odds = self._odds, []
        for word in words:
            one = known.get(word)
            if one is None:
                one = self._ask(word)
            if one:
                odds.append(one)
        return respelled_share(odds, self._evidence)

    def _ask(self, word: str) -> float:
        """The log of how much better a token is explained as respelled than as it stands; 0 says nothing."""
        found = self._decoder.candidates(word)
        own = self._clean(word)[1]
        odds = 0.0
        if found and not (own <= _LOST and found[0].word == word):
            odds = min(max(found[0].score - own, -MOST), MOST)
        if len(self._odds) > _CACHE:
            self._odds.clear()
        self._odds[word] = odds
        return odds

    def look_ahead(self, parts: Iterable[tuple[Sequence[Token], float]]) -> None:
        """Nothing is gained by looking ahead: each part of a line is read by itself."""

    def read(self, tokens: Sequence[Token], share: float) -> list[Choice]:
        """What the changed tokens of a line were meant to be, if this share of its words was respelled."""
        if not share:
            return []
        level = min(max(round(share * _LEVELS), 1), _LEVELS - 1)
        return self._choices(tokens, self._lattice(tokens, level))

    def _clean(self, text: str) -> tuple[int, float]:
        """The number of a token read as it stands, and its log probability."""
        return self._words.ids.get(text, -1), max(self._words.log_probability(text), _LOST)

    def _lattice(self, tokens: Sequence[Token], level: int) -> list[list[_Edge]]:
        """For each token the readings that end with it."""
        known, ask = self._edges[level], self._single
        lattice = []
        for last, token in enumerate(tokens):
            edges = known.get(token.text)
            if edges is None:
                edges = ask(token.text, level)
            if token.linked and tokens[last - 1].text.endswith(self._spaced):
                edges = edges + self._joined(tokens, last, level)
            lattice.append(edges)
        return lattice

    def _single(self, text: str, level: int) -> list[_Edge]:
        """The readings of one token that are worth a look in a line with this share of respelled words."""
        typed, clean = _logs(level)
        edges = {
            one.word: _Edge(1, one.word, one.number, one.prior, one.typed + typed)
            for one in self._decoder.candidates(text)
        }
        number, prior = self._clean(text)
        same = edges.get(text)
        cost = clean if same is None else clean + log1p(exp(same.cost - clean))
        edges[text] = _Edge(1, text, number, prior, cost)
        ranked = sorted(edges.values(), key=lambda one: -one.score)
        found = [one for one in ranked if one.score > ranked[0].score - _CLOSE or one.word == text]
        known = self._edges[level]
        if len(known) > _CACHE:
            known.clear()
        known[text] = found
        return found

    def _joined(self, tokens: Sequence[Token], last: int, level: int) -> list[_Edge]:
        """Readings of several tokens as one word, where a space may belong to a letter."""
        found: list[_Edge] = []
        typed, _ = _logs(level)
        text, first = tokens[last].text, last
        while first and last - first < _JOINED - 1 and tokens[first].linked:
            first -= 1
            if not tokens[first].text.endswith(self._spaced):
                break
            text = f"{tokens[first].text} {text}"
            for one in self._decoder.joined(text):
                cost = one.typed + typed - _SPACE * (last - first)
                found.append(_Edge(last - first + 1, one.word, one.number, one.prior, cost))
        return found

    def _choices(self, tokens: Sequence[Token], lattice: Sequence[Sequence[_Edge]]) -> list[Choice]:
        choices = []
        for last, edge in self._best_path(tokens, lattice):
            before = tokens[last].text
            if edge.width == 1 and edge.word == before:
                continue
            others = [one for one in lattice[last] if one.width == edge.width and one.word != edge.word]
            own = next((one for one in others if one.word == before and one.width == 1), None)
            lead = edge.score - own.score if own else inf
            if lead >= self._margin:
                close = [one.word for one in others if one.score > edge.score - DOUBT]
                choices.append(Choice(last - edge.width + 1, last, edge.word, lead, tuple(close[:3])))
        return choices

    def _best_path(
        self, tokens: Sequence[Token], lattice: Sequence[Sequence[_Edge]]
    ) -> list[tuple[int, _Edge]]:
        """The readings that together are likeliest, with the number of the last token of each."""
        ways: list[list[_Way]] = [[(0.0, None, -1)]]
        for last, edges in enumerate(lattice):
            if len(edges) == 1 and edges[0].width == 1 and len(ways[last]) == 1:
                edge = edges[0]  # nothing to choose: all ways lead through it
                ways.append([(ways[last][0][0] + edge.prior + edge.cost, edge, 0)])
                continue
            here: list[_Way] = []
            for edge in edges:
                first = last + 1 - edge.width
                here.append(self._followed(ways[first], edge, tokens[first].spaced))
            ways.append(here)
        path = []
        end = len(lattice)
        index = max(range(len(ways[end])), key=lambda n: ways[end][n][0])
        while end:
            _, found, back = ways[end][index]
            assert found is not None
            path.append((end - 1, found))
            end, index = end - found.width, back
        return path[::-1]

    def _followed(self, before: Sequence[_Way], edge: _Edge, spaced: bool) -> _Way:
        """The best way to come to an edge."""
        if len(before) == 1 and not spaced:
            return before[0][0] + edge.prior + edge.cost, edge, 0
        pairs, backoffs, number = self._words.pairs, self._words.backoffs, edge.number
        best, chosen = -inf, 0
        for index, (score, previous, _) in enumerate(before):
            total = score + edge.prior
            if spaced and previous is not None and previous.number >= 0:
                found = pairs.get(previous.number << PAIR | number) if number >= 0 else None
                if found is None:
                    total += backoffs.get(previous.number, 0.0)
                else:
                    total = score + found
            if total > best:
                best, chosen = total, index
        return best + edge.cost, edge, chosen


def _logs(level: int) -> tuple[float, float]:
    """The logs of the shares of respelled and of other words."""
    return log(level / _LEVELS), log(1 - level / _LEVELS)
