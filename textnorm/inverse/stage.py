"""The inverse of a `rules` stage: find what rules say, write it, and keep what reads back the same.

Of overlapping candidates the longest is tried first, then the one of higher priority, then the
earlier one. A line is changed only where the forward rules, given the changed line, say again what
stood there; a candidate that fails leaves its words to the next one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from textnorm.document import Edit, Loser
from textnorm.errors import PackError
from textnorm.grammar.grammar import Grammar
from textnorm.inverse.compiler import Compiler
from textnorm.inverse.rules import Candidate, InverseRule
from textnorm.inverse.source import Source
from textnorm.inverse.verify import Reader, Verifier
from textnorm.pack.model import Rule

_WORD = re.compile(r"\w+")
_KNOWN_WORDS = 200_000


class InverseStage:
    """All rules of a stage that have `write`, run backwards."""

    reports = True  # `edits` can list what was not used

    def __init__(
        self, rules: Sequence[Rule], grammar: Grammar, readers: Sequence[Callable[[], Reader]]
    ) -> None:
        self._compiler = compiler = Compiler(grammar)
        self._rules = [InverseRule(rule, compiler) for rule in rules]
        self._verifier = Verifier(readers)
        self._words: dict[str, tuple[tuple[InverseRule, ...], bool]] = {}
        self._open: dict[str, list[InverseRule]] = {}
        self._after: dict[str, list[InverseRule]] = {}  # rules by the word after their first number
        listed: dict[str, list[InverseRule]] = {}
        for rule in self._rules:
            after = rule.after_number()
            for word in after or ():
                self._after.setdefault(word, []).append(rule)
            if after is not None:
                continue
            for word, whole in rule.starts():
                (listed if whole else self._open).setdefault(word, []).append(rule)
        self._listed = listed
        self._sizes = sorted({len(word) for word in self._open})

    def apply(self, text: str) -> str:
        """The text in its written form."""
        pieces: list[str] = []
        last = 0
        for chosen in self._chosen(text, None):
            pieces += text[last : chosen.start], chosen.after
            last = chosen.end
        if not pieces:
            return text
        return "".join([*pieces, text[last:]])

    def edits(self, text: str, losers: list[Loser] | None = None) -> list[Edit]:
        """The same as edit records; candidates that were not used are added to `losers`."""
        return [
            Edit(
                chosen.rule.rule.id,
                chosen.rule.rule.cls,
                chosen.start,
                chosen.end,
                text[chosen.start : chosen.end],
                chosen.after,
                chosen.fields,
            )
            for chosen in self._chosen(text, losers)
        ]

    def _chosen(self, text: str, losers: list[Loser] | None) -> list[Candidate]:
        found = self._lines(text)
        return self._verifier.choose(text, found, losers) if found else []

    def _lines(self, text: str) -> dict[tuple[int, int], list[Candidate]]:
        """Candidates by the line they stand in, in the order in which they are tried."""
        found: dict[tuple[int, int], list[Candidate]] = {}
        src = Source(text)
        line = (0, -1)
        for match in _WORD.finditer(src.text):
            known = self._words.get(match[0])
            if known is None:
                known = self._starting(match[0])
            rules, number = known
            if not (rules or number):
                continue
            pos = match.start()
            if pos and text[pos - 1] in "-‑.,:/@#" and pos > 1 and not text[pos - 2].isspace():
                continue  # the second part of a compound, of a code, of an address
            if pos > line[1]:
                end = text.find("\n", pos)
                line = text.rfind("\n", 0, pos) + 1, len(text) if end < 0 else end
            ends = self._compiler.ends(src, pos) if number else []
            for rule in (*rules, *self._next(src, ends)):
                for candidate in rule.candidates(src, pos, ends, line):
                    found.setdefault(line, []).append(candidate)
        for line, candidates in found.items():
            numbers = self._numbers(src, line)
            whole = [item for item in candidates if not any(_cuts(item, number) for number in numbers)]
            found[line] = sorted(whole, key=_order)
        return {line: candidates for line, candidates in found.items() if candidates}

    def _numbers(self, src: Source, line: tuple[int, int]) -> list[tuple[int, int]]:
        """Numbers of several words in a line; what is written must not cut one apart."""
        found = []
        row = 0
        for match in _WORD.finditer(src.text, *line):
            known = self._words.get(match[0])
            if known is None or not known[1]:
                continue
            end = self._compiler.longest_number(src, match.start())
            if end > match.end():
                found.append((match.start(), end))
            if match.start() >= row:
                row = self._compiler.longest_spelled(src, match.start())
                if row > match.start():
                    found.append((match.start(), row))
        return found

    def _next(self, src: Source, ends: list[int]) -> Iterable[InverseRule]:
        """The rules for the words that come after the number that ends at one of `ends`."""
        found: dict[InverseRule, None] = {}
        for end in ends:
            if src.text[end : end + 1] == " ":
                found.update(dict.fromkeys(self._after.get(src.word(end + 1), ())))
        return found

    def _starting(self, word: str) -> tuple[tuple[InverseRule, ...], bool]:
        """The rules that what is said can begin with `word`; whether a number can."""
        rules = dict.fromkeys(self._listed.get(word, ()))
        for size in self._sizes:
            rules.update(dict.fromkeys(self._open.get(word[:size], ())))
        known = tuple(rules), self._compiler.begins(word)
        if len(self._words) < _KNOWN_WORDS:
            self._words[word] = known
        return known


def _cuts(item: Candidate, number: tuple[int, int]) -> bool:
    start, end = number
    return start < item.start < end or start < item.end < end


def _order(item: Candidate) -> tuple[int, int, int, str, tuple[int, int]]:
    rule = item.rule.rule
    return item.start - item.end, -rule.priority, item.start, rule.id, item.choice


def inverse_rules(rules: Iterator[Rule], pack: str) -> list[Rule]:
    """The rules with `write`; raises PackError if there are none."""
    found = [rule for rule in rules if rule.write]
    if not found:
        raise PackError(
            f"pack {pack!r} cannot be run backwards: none of its rules has `write`",
            remedy="add `write:` to rules, see docs/inverse.md",
        )
    return found
