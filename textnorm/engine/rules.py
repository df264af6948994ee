"""The `rules` stage: collect matches, resolve conflicts, write the winners out, splice once.

All rules see the same text. Among overlapping matches the order is total: higher priority, longer
span, earlier start, class order of the pack, rule id. A match whose conditions fail or that cannot
be written out leaves the field to the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from textnorm.document import Edit, Loser, replay
from textnorm.engine.compiled import CompiledRule, Reading
from textnorm.engine.fences import Fences, Span, TextFences
from textnorm.engine.gate import Finders, Gate, line_of
from textnorm.grammar.context import Context
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.template import Decline

_Match = tuple[int, int, int, int, str, int, CompiledRule, Any]
Report = Callable[["Candidate", str], None]

UNCERTAIN = ("best", "keep", "mark")  # what becomes of readings that rest on a bare default


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


class Audit(NamedTuple):
    """Asked for where it matters how a match was read, not only what it became."""

    report: Report | None  # told of every match that is not used
    rivals: dict[tuple[int, int], list[_Match]]  # matches that lost to a winner over the same span


class RuleStage:
    """All rules of a stage, ready to run.

    `uncertain` says what becomes of readings that rest on a default: "best" takes the likeliest,
    "keep" leaves the text alone, "mark" writes all of them between ⟦ and ⟧, the likeliest first.
    """

    reports = True  # `edits` can list what was not used

    def __init__(self, rules: Sequence[CompiledRule], grammar: Grammar, uncertain: str = "best") -> None:
        self.rules = tuple(rules)
        self._grammar, self._uncertain = grammar, uncertain
        self._sentence = grammar.sentence
        self.gate = Gate(self.rules)
        self._fences: Fences | None = None

    @property
    def fences(self) -> Fences:
        """What the rules may not touch; made ready when the first rule matches."""
        if self._fences is None:
            self._fences = Fences(self._grammar.fences, self._grammar)
        return self._fences

    def apply(self, text: str) -> str:
        """The text with every winning match replaced."""
        if self._uncertain != "best":
            return replay(text, self.edits(text))
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
        audit = Audit(None if losers is None else _reporter(losers), {})
        found: list[Edit] = []
        for winner in self._winners(text, audit):
            edit = self._edit(text, winner, audit.rivals, evidence=losers is not None)
            if edit.uncertain and self._uncertain == "keep":
                if losers is not None:
                    losers.append(_loser(winner, "uncertain, and such text is to be left alone"))
                continue
            if edit.uncertain and self._uncertain == "mark":
                edit = replace(edit, after=mark(edit.readings))
            found.append(edit)
        return found

    def _edit(
        self, text: str, winner: Winner, rivals: Mapping[tuple[int, int], list[_Match]], evidence: bool
    ) -> Edit:
        rule, at, fields = winner.rule, winner.at, winner.match.groupdict()
        before = text[winner.start : winner.end]
        others = dict.fromkeys(
            self._dress(at, variant, rule) for variant in rule.variants(fields, at, winner.reading)
        )
        if others or rule.rule.uncertain:
            for item in rivals.get((winner.start, winner.end), ()):
                other = self._try(text, at.line_start, at.line_end, _candidate(item), None)
                if other is not None:
                    others[other.after] = None
            if rule.rule.uncertain:
                others[before] = None
            others.pop(winner.after, None)
        return Edit(
            rule=rule.id,
            cls=rule.rule.cls,
            start=winner.start,
            end=winner.end,
            before=before,
            after=winner.after,
            fields={name: value for name, value in fields.items() if value},
            uncertain=bool(others),
            alternatives=tuple(others),
            evidence=tuple(map(str, rule.decisions(fields, at))) if evidence else (),
        )

    def _winners(self, text: str, audit: Audit | None) -> Iterator[Winner]:
        """Used matches in order of position."""
        line_start, line_end = 0, -1
        places: list[tuple[int, Any]] = []
        fences = self.fences.within(text)
        for place in self._places(text):
            if place[0] > line_end:
                if places:
                    yield from self._line(text, line_start, line_end, places, fences, audit)
                    places = []
                line_start, line_end = line_of(text, place[0])
            places.append(place)
        if places:
            yield from self._line(text, line_start, line_end, places, fences, audit)

    def _line(
        self,
        text: str,
        line_start: int,
        line_end: int,
        places: list[tuple[int, Any]],
        fences: TextFences,
        audit: Audit | None,
    ) -> list[Winner]:
        """The matches that are used in one line.

        Rules of negative priority lose to all others, so they are matched last, and only where
        nothing else was used (or where it matters what lost).
        """
        found: list[_Match] = []
        weak: list[_Match] = []
        later: list[tuple[int, Finders]] = []
        for pos, source in places:
            if isinstance(source, tuple):  # a match of a rule that was searched for
                (weak if source[0] > 0 else found).append(source)
                continue
            strong, fallback = source.at(text, pos, line_start, line_end)
            _match_at(text, pos, line_end, strong, found)
            if fallback:
                later.append((pos, fallback))
        kept: list[Span] | None = None
        if found and (kept := fences.spans(line_start, line_end)):
            found = _outside(kept, found, audit)
        won = self._settle(text, line_start, line_end, found, [], audit)
        for pos, finders in later:
            if audit is not None or not any(winner.start <= pos < winner.end for winner in won):
                _match_at(text, pos, line_end, finders, weak)
        if weak:
            if kept is None:
                kept = fences.spans(line_start, line_end)
            weak = _outside(kept, weak, audit) if kept else weak
            weak.sort(key=_start)
            won += self._settle(text, line_start, line_end, weak, won, audit)
            won.sort(key=_position)
        return won

    def _settle(
        self,
        text: str,
        line_start: int,
        line_end: int,
        found: list[_Match],
        taken: list[Winner],
        audit: Audit | None,
    ) -> list[Winner]:
        """Winners among matches (in order of start), cluster by cluster of those that overlap."""
        won: list[Winner] = []
        cluster: list[_Match] = []
        reach = 0
        for item in found:
            if cluster and item[2] >= reach:
                self._resolve(text, line_start, line_end, cluster, taken, won, audit)
                cluster = []
            cluster.append(item)
            if item[5] > reach:
                reach = item[5]
        if cluster:
            self._resolve(text, line_start, line_end, cluster, taken, won, audit)
        return won

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
        self,
        text: str,
        line_start: int,
        line_end: int,
        cluster: list[_Match],
        taken: list[Winner],
        won: list[Winner],
        audit: Audit | None,
    ) -> None:
        """Add the winners of a cluster to `won`, in order of position; `taken` are used already."""
        if len(cluster) > 1:
            cluster.sort()
        first = len(won)
        for item in cluster:
            start, end = item[2], item[5]
            rival = _overlapping(won, first, start, end)
            if rival is None and taken:
                rival = _overlapping(taken, 0, start, end)
            if rival is not None:
                if audit is not None:
                    _note_loss(item, rival, audit)
                continue
            report = None if audit is None else audit.report
            found = self._try(text, line_start, line_end, _candidate(item), report)
            if found is not None:
                won.append(found)
        if len(won) - first > 1:
            won[first:] = sorted(won[first:], key=_position)

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


def _match_at(text: str, pos: int, line_end: int, finders: Finders, found: list[_Match]) -> None:
    for find, rule in finders:
        match = find(text, pos, line_end)
        if match is not None and (end := match.end()) > pos:
            found.append((rule.weight, pos - end, pos, rule.rank, rule.id, end, rule, match))


def _outside(kept: list[Span], found: list[_Match], audit: Audit | None) -> list[_Match]:
    """The matches that touch no fenced stretch."""
    free = []
    for item in found:
        fence = next((span for span in kept if item[2] < span.end and span.start < item[5]), None)
        if fence is None:
            free.append(item)
        elif audit is not None and audit.report is not None:
            audit.report(_candidate(item), f"fenced: {fence.name}")
    return free


def _overlapping(winners: list[Winner], first: int, start: int, end: int) -> Winner | None:
    for index in range(first, len(winners)):
        winner = winners[index]
        if start < winner.end and winner.start < end:
            return winner
    return None


def _position(place: Any) -> int:
    start: int = place[0]
    return start


def _start(item: _Match) -> int:
    return item[2]


def _candidate(item: _Match) -> Candidate:
    return Candidate(item[6], item[2], item[5], item[7])


def _note_loss(item: _Match, rival: Winner, audit: Audit) -> None:
    span = (rival.start, rival.end)
    if (item[2], item[5]) == span:
        audit.rivals.setdefault(span, []).append(item)
    if audit.report is not None:
        audit.report(_candidate(item), f"lost to {rival.rule.id}")


def mark(readings: Sequence[str]) -> str:
    """Readings side by side between ⟦ and ⟧, the likeliest first."""
    return f"⟦{'|'.join(readings)}⟧"


def _loser(candidate: Candidate | Winner, reason: str) -> Loser:
    rule = candidate.rule
    return Loser(rule.id, rule.rule.cls, candidate.start, candidate.end, candidate.match.group(), reason)


def _reporter(losers: list[Loser]) -> Report:
    return lambda candidate, reason: losers.append(_loser(candidate, reason))
