"""Conflicts among the matches of a line: which of them are used, and what each becomes.

Among overlapping matches the order is total: higher priority, longer span, earlier start, class order
of the pack, rule id. A match whose conditions fail or that cannot be written out leaves the field to
the next one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Any, NamedTuple

from textnorm.engine.compiled import CompiledRule, Reading, Slow
from textnorm.engine.fences import LineFences
from textnorm.engine.gate import Rules, RuleSet
from textnorm.grammar.context import Context
from textnorm.grammar.sentence import Sentences
from textnorm.grammar.template import Decline

# weight, minus length, start, rank of the class, id, end, rule, match: sorts in the order of conflicts
Match = tuple[int, int, int, int, str, int, CompiledRule, Any]
Report = Callable[[Match, str], None]


class Winner(NamedTuple):
    """A match that is used, and what is written in its place; offsets are those of its line."""

    start: int
    end: int
    after: str
    rule: CompiledRule
    match: Any
    fields: dict[str, Any]
    reading: Reading
    at: Context


class Audit(NamedTuple):
    """Asked for where it matters how the matches of a line were read, not only what they became."""

    report: Report | None  # told of every match that is not used
    rivals: dict[tuple[int, int], list[Match]]  # matches that lost to a winner over the same span


class Conflicts:
    """Reads the matches of a line in the order of conflicts, and keeps those that can be used."""

    def __init__(self, sentence: Sentences) -> None:
        self._sentence = sentence

    def winners(
        self, line: str, places: list[tuple[int, Any]], fences: LineFences, audit: Audit | None
    ) -> list[Winner]:
        """The matches that are used in one line.

        Rules of negative priority lose to all others, so they are matched last, and only where
        nothing else was used (or where it matters what lost).
        """
        found: list[Match] = []
        weak: list[Match] = []
        later: list[tuple[int, Rules]] = []
        for pos, source in places:
            if isinstance(source, RuleSet):
                strong, fallback = source.at(line, pos)
                if strong:
                    _match_at(line, pos, strong, found)
                if fallback:
                    later.append((pos, fallback))
            else:  # a match of a rule that was searched for
                (weak if source[0] > 0 else found).append(source)
        won: list[Winner] = []
        if found:
            self._settle(line, _outside(fences, found, audit), [], won, audit)
        for pos, rules in later:
            if audit is not None or not won or _across(won, pos, pos + 1) is None:
                _match_at(line, pos, rules, weak)
        if weak:
            weak = _outside(fences, weak, audit)
            weak.sort(key=_start)
            more: list[Winner] = []
            self._settle(line, weak, won, more, audit)
            if more:
                won += more
                won.sort(key=position)
        return won

    def _settle(
        self,
        line: str,
        found: list[Match],
        taken: list[Winner],
        won: list[Winner],
        audit: Audit | None,
    ) -> None:
        """Add the winners among matches, in order of start, to `won`, overlapping cluster by cluster."""
        cluster: list[Match] = []
        reach = 0
        for item in found:
            if cluster and item[2] >= reach:
                self._resolve(line, cluster, taken, won, audit)
                cluster = []
            cluster.append(item)
            if item[5] > reach:
                reach = item[5]
        if cluster:
            self._resolve(line, cluster, taken, won, audit)

    def _resolve(
        self,
        line: str,
        cluster: list[Match],
        taken: list[Winner],
        won: list[Winner],
        audit: Audit | None,
    ) -> None:
        """Add the winners of a cluster to `won`, in order of position; `taken` are used already."""
        if len(cluster) > 1:
            cluster.sort()
        first = len(won)
        report = None if audit is None else audit.report
        for item in cluster:
            start, end = item[2], item[5]
            rival = _overlapping(won, first, start, end) if len(won) > first else None
            if rival is None and taken:
                rival = _across(taken, start, end)
            if rival is not None:
                if audit is not None:
                    _note_loss(item, rival, audit)
                continue
            winner = self.attempt(line, item, report)
            if winner is not None:
                won.append(winner)
        if len(won) - first > 1:
            won[first:] = sorted(won[first:], key=position)

    def attempt(self, line: str, item: Match, report: Report | None) -> Winner | None:
        """What is written in the place of a match; None, and a word to `report`, if its rule declines."""
        start, end, rule, match = item[2], item[5], item[6], item[7]
        at = Context(line, start, end)
        fields = rule.fields(match)
        try:
            failed = rule.fails(fields, at)
            if failed:
                if report is not None:
                    report(item, f"condition failed: {failed}")
                return None
            reading = rule.read(fields, at)
        except Decline as decline:
            if report is not None:
                report(item, f"declined: {decline}")
            return None
        except TimeoutError:
            raise Slow(rule) from None
        after = line[start:end] if rule.rule.mark else self.dress(at, reading.text, rule)
        return Winner(start, end, after, rule, match, fields, reading, at)

    def dress(self, at: Context, said: str, rule: CompiledRule) -> str:
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


def match_of(rule: CompiledRule, match: Any) -> Match:
    """The match of a rule that was searched for in a line."""
    start, end = match.span()
    return (rule.weight, start - end, start, rule.rank, rule.id, end, rule, match)


def _match_at(line: str, pos: int, rules: Rules, found: list[Match]) -> None:
    for rule in rules:
        match = rule.find(line, pos)
        if match is not None and (end := match.end()) > pos:
            found.append((rule.weight, pos - end, pos, rule.rank, rule.id, end, rule, match))


def _outside(fences: LineFences, found: list[Match], audit: Audit | None) -> list[Match]:
    """The matches that touch no fenced stretch."""
    kept = fences()
    if not kept:
        return found
    free = []
    for item in found:
        fence = next((span for span in kept if item[2] < span.end and span.start < item[5]), None)
        if fence is None:
            free.append(item)
        elif audit is not None and audit.report is not None:
            audit.report(item, f"fenced: {fence.name}")
    return free


def _overlapping(winners: list[Winner], first: int, start: int, end: int) -> Winner | None:
    for index in range(first, len(winners)):
        winner = winners[index]
        if start < winner.end and winner.start < end:
            return winner
    return None


def _across(winners: list[Winner], start: int, end: int) -> Winner | None:
    """The first winner that overlaps the stretch, of winners in order of position."""
    index = bisect_right(winners, start, key=position)
    if index and winners[index - 1].end > start:
        return winners[index - 1]
    return winners[index] if index < len(winners) and winners[index].start < end else None


def position(place: Any) -> int:
    """Where a place, or a winner, begins in its line."""
    start: int = place[0]
    return start


def _start(item: Match) -> int:
    return item[2]


def _note_loss(item: Match, rival: Winner, audit: Audit) -> None:
    span = (rival.start, rival.end)
    if (item[2], item[5]) == span:
        audit.rivals.setdefault(span, []).append(item)
    if audit.report is not None:
        audit.report(item, f"lost to {rival.rule.id}")
