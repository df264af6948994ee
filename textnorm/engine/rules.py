"""The `rules` stage: collect matches, resolve conflicts, write the winners out, splice once.

All rules see the same text. Among overlapping matches the order is total: higher priority, longer
span, earlier start, class order of the pack, rule id. A match whose conditions fail or that cannot
be written out leaves the field to the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from textnorm.document import Edit, Loser
from textnorm.engine.compiled import CompiledRule, Reading
from textnorm.engine.gate import Gate, line_of
from textnorm.grammar.context import Context
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.template import Decline

_Match = tuple[int, int, int, int, str, int, CompiledRule, Any]
Report = Callable[["Candidate", str], None]


class Candidate(NamedTuple):
    """A match of a rule, before it is known whether it is used."""

    rule: CompiledRule
    start: int
    end: int
    match: Any


class Winner(NamedTuple):
    """A match that is used, and what is written in its place."""

    start: int
    end: int
    after: str
    rule: CompiledRule
    match: Any
    reading: Reading
    at: Context


class RuleStage:
    """All rules of a stage, ready to run."""

    def __init__(self, rules: Sequence[CompiledRule], grammar: Grammar, strict: bool = False) -> None:
        self.rules = tuple(rules)
        self._grammar, self._strict = grammar, strict
        self._sentence = grammar.sentence
        self.gate = Gate(self.rules)

    def apply(self, text: str) -> str:
        """The text with every winning match replaced."""
        pieces: list[str] = []
        last = 0
        for winner in self._winners(text, None):
            pieces.append(text[last : winner.start])
            pieces.append(winner.after)
            last = winner.end
        if not pieces:
            return text
        pieces.append(text[last:])
        return "".join(pieces)

    def edits(self, text: str, losers: list[Loser] | None = None) -> list[Edit]:
        """The same as edit records; matches that were not used are added to `losers`."""
        report = None if losers is None else _reporter(losers)
        return [self._edit(text, winner) for winner in self._winners(text, report)]

    def _edit(self, text: str, winner: Winner) -> Edit:
        fields = winner.match.groupdict()
        alternatives: tuple[str, ...] = ()
        if winner.reading.uncertain:
            variants = winner.rule.variants(fields, winner.at, winner.reading)
            alternatives = tuple(self._dress(winner.at, variant, winner.rule) for variant in variants)
        return Edit(
            rule=winner.rule.id,
            cls=winner.rule.rule.cls,
            start=winner.start,
            end=winner.end,
            before=text[winner.start : winner.end],
            after=winner.after,
            fields={name: value for name, value in fields.items() if value},
            uncertain=winner.reading.uncertain,
            alternatives=alternatives,
        )

    def _winners(self, text: str, report: Report | None) -> Iterator[Winner]:
        """Used matches in order of position."""
        for line_start, line_end, cluster in self._clusters(text):
            if len(cluster) == 1:
                item = cluster[0]
                found = self._try(text, line_start, line_end, _candidate(item), report)
                if found is not None:
                    yield found
            else:
                yield from self._resolve(text, line_start, line_end, cluster, report)

    def _clusters(self, text: str) -> Iterator[tuple[int, int, list[_Match]]]:
        """Groups of matches that overlap, each with the bounds of its line."""
        line_start, line_end = 0, -1
        cluster: list[_Match] = []
        reach = 0
        for pos, source in self._places(text):
            if cluster and pos >= reach:
                yield line_start, line_end, cluster
                cluster = []
            if pos > line_end:
                line_start, line_end = line_of(text, pos)
            if isinstance(source, tuple):  # a match of a rule that was searched for
                cluster.append(source)
                reach = max(reach, source[5])
                continue
            for find, rule in source.at(text, pos, line_start, line_end):
                match = find(text, pos, line_end)
                if match is not None and (end := match.end()) > pos:
                    cluster.append((rule.weight, pos - end, pos, rule.rank, rule.id, end, rule, match))
                    if end > reach:
                        reach = end
        if cluster:
            yield line_start, line_end, cluster

    def _places(self, text: str) -> list[tuple[int, Any]]:
        """Where anchored rules may begin, and where searched rules match, in order of position."""
        places: list[tuple[int, Any]] = list(self.gate.starts(text))
        if self.gate.free:
            searched = [_item(rule, match) for rule, match in self.gate.searched(text)]
            if searched:
                places += [(item[2], item) for item in searched if item[5] > item[2]]
                places.sort(key=_position)
        return places

    def _resolve(
        self, text: str, line_start: int, line_end: int, cluster: list[_Match], report: Report | None
    ) -> list[Winner]:
        cluster.sort()
        won: list[Winner] = []
        for item in cluster:
            start, end = item[2], item[5]
            rival = None
            for winner in won:
                if start < winner.end and winner.start < end:
                    rival = winner
                    break
            if rival is not None:
                if report is not None:
                    report(_candidate(item), f"lost to {rival.rule.id}")
                continue
            found = self._try(text, line_start, line_end, _candidate(item), report)
            if found is not None:
                won.append(found)
        if len(won) > 1:
            won.sort(key=lambda winner: winner.start)
        return won

    def _try(
        self, text: str, line_start: int, line_end: int, candidate: Candidate, report: Report | None
    ) -> Winner | None:
        rule, start, end, match = candidate
        at = Context(text, line_start, start, end, line_end)
        fields = match.groupdict()
        try:
            failed = rule.fails(fields, at)
            if failed:
                if report is not None:
                    report(candidate, f"condition failed: {failed}")
                return None
            reading = rule.read(fields, at)
        except Decline as decline:
            if report is not None:
                report(candidate, f"declined: {decline}")
            return None
        except TimeoutError:
            raise rule.too_slow(text, start) from None
        if self._strict and reading.uncertain:
            if report is not None:
                report(candidate, "uncertain, and only certain readings are wanted")
            return None
        return Winner(start, end, self._dress(at, reading.text, rule), rule, match, reading, at)

    def _dress(self, at: Context, said: str, rule: CompiledRule) -> str:
        """Sentence capital and sentence-final period as the replaced stretch had them."""
        text = at.text
        if said and said[0].islower() and self._sentence.starts(at):
            said = said[0].upper() + said[1:]
        if (
            text[at.end - 1] == "."
            and rule.rule.ends_sentence
            and not said.endswith(".")
            and self._sentence.ends(at)
        ):
            said += "."
        return said


def _item(rule: CompiledRule, match: Any) -> _Match:
    start, end = match.span()
    return (rule.weight, start - end, start, rule.rank, rule.id, end, rule, match)


def _position(place: tuple[int, Any]) -> int:
    return place[0]


def _candidate(item: _Match) -> Candidate:
    return Candidate(item[6], item[2], item[5], item[7])


def _reporter(losers: list[Loser]) -> Report:
    def report(candidate: Candidate, reason: str) -> None:
        match = candidate.match
        rule = candidate.rule
        losers.append(Loser(rule.id, rule.rule.cls, candidate.start, candidate.end, match.group(), reason))

    return report
