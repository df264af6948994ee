"""The `rules` stage: collect matches, resolve conflicts, write the winners out, splice once.

All rules see the same text. Among overlapping matches the order is total: higher priority, longer
span, earlier start, class order of the pack, rule id. A match whose conditions fail or that cannot
be written out leaves the field to the next one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from textnorm.document import Edit, Loser, replay
from textnorm.engine.compiled import CompiledRule, Reading, Slow
from textnorm.engine.fences import Fences, LineFences, TextFences
from textnorm.engine.gate import Gate, Rules, RuleSet, line_of
from textnorm.grammar.context import Context
from textnorm.grammar.features import Bundle
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.template import Decline
from textnorm.readings.chooser import FIRST, Choice, Chooser
from textnorm.readings.protocol import REACH, Ask, Candidate

# weight, minus length, start, rank of the class, id, end, rule, match: sorts in the order of conflicts
_Match = tuple[int, int, int, int, str, int, CompiledRule, Any]
Report = Callable[[_Match, str], None]

UNCERTAIN = ("best", "keep", "mark")  # what becomes of readings that rest on a bare default


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
    rivals: dict[tuple[int, int], list[_Match]]  # matches that lost to a winner over the same span


class Option(NamedTuple):
    """One reading of a match: what is written, as whose match, and the features it stands for."""

    after: str
    winner: Winner
    bundles: tuple[Bundle, ...]


class Draft(NamedTuple):
    """A match that is used, before one of its readings, the likeliest first, is chosen."""

    base: int
    winner: Winner
    options: tuple[Option, ...]


class RuleStage:
    """All rules of a stage, ready to run.

    `uncertain` says what becomes of readings that rest on a default: "best" takes the likeliest,
    "keep" leaves the text alone, "mark" writes all of them between ⟦ and ⟧, the likeliest first.
    A `chooser`, where
    one is set, says which that is.
    """

    reports = True  # `edits` can list what was not used

    def __init__(self, rules: Sequence[CompiledRule], grammar: Grammar, uncertain: str = "best") -> None:
        self.rules = tuple(rules)
        self._grammar, self._uncertain = grammar, uncertain
        self.chooser: Chooser | None = None
        self._sentence = grammar.sentence
        self._marks_only = all(rule.rule.mark for rule in rules)
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
        if self._marks_only:
            return text
        if self._uncertain != "best":
            return replay(text, self.edits(text))
        pieces: list[str] = []
        last = 0
        doubtful: list[tuple[int, Draft]] = []
        fences = self.fences.within(text)
        for base, line, places in self._lines(text):
            winners = self._read(text, base, line, places, fences, None)
            drafts = self._doubtful(text, base, line, places, fences, winners) if self.chooser else {}
            for number, winner in enumerate(winners):
                if winner.rule.rule.mark:
                    continue
                if number in drafts:
                    doubtful.append((len(pieces) + 1, drafts[number]))
                pieces.append(text[last : base + winner.start])
                pieces.append(winner.after)
                last = base + winner.end
        if not pieces:
            return text
        pieces.append(text[last:])
        choices = self._choices([draft for _, draft in doubtful])
        for (place, draft), choice in zip(doubtful, choices, strict=True):
            pieces[place] = draft.options[choice.number].after
        return "".join(pieces)

    def edits(self, text: str, losers: list[Loser] | None = None) -> list[Edit]:
        """The same as edit records; matches that were not used are added to `losers`."""
        drafts: list[Draft] = []
        fences = self.fences.within(text)
        for base, line, places in self._lines(text):
            audit = Audit(None if losers is None else _reporter(losers, base), {})
            winners = self._read(text, base, line, places, fences, audit)
            drafts += [self._draft(base, winner, audit.rivals) for winner in winners]
        found: list[Edit] = []
        for draft, choice in zip(drafts, self._choices(drafts), strict=True):
            edit = self._edit(draft, choice, evidence=losers is not None)
            if edit.uncertain and self._uncertain == "keep":
                if losers is not None:
                    reason = "uncertain, and such text is to be left alone"
                    losers.append(Loser(edit.rule, edit.cls, edit.start, edit.end, edit.before, reason))
                continue
            if edit.uncertain and self._uncertain == "mark":
                edit = replace(edit, after=mark(edit.readings))
            found.append(edit)
        return found

    def _doubtful(
        self,
        text: str,
        base: int,
        line: str,
        places: list[tuple[int, Any]],
        fences: TextFences,
        winners: Sequence[Winner],
    ) -> dict[int, Draft]:
        """The winners of a line, by number, that may be read otherwise; only then its rivals matter."""
        unsure = [number for number, winner in enumerate(winners) if _is_unsure(winner)]
        if not unsure:
            return {}
        audit = Audit(None, {})
        again = self._read(text, base, line, places, fences, audit)
        drafts = {number: self._draft(base, again[number], audit.rivals) for number in unsure}
        return {number: draft for number, draft in drafts.items() if len(draft.options) > 1}

    def _draft(self, base: int, winner: Winner, rivals: Mapping[tuple[int, int], list[_Match]]) -> Draft:
        """All readings of a match: those of its rule, of rules that lost to it, and the text as it stands."""
        rule, at = winner.rule, winner.at
        options = {winner.after: Option(winner.after, winner, winner.reading.bundles[:1])}
        if rule.rule.mark:
            return Draft(base, winner, (options[winner.after],))
        for said, bundles in rule.options(winner.fields, at, winner.reading).items():
            after = self._dress(at, said, rule)
            if after == winner.after:
                options[after] = Option(after, winner, bundles)
            else:
                options.setdefault(after, Option(after, winner, bundles))
        if len(options) > 1 or rule.rule.uncertain:
            for item in rivals.get((winner.start, winner.end), ()):
                other = self._try(at.text, item, None)
                if other is not None:
                    options.setdefault(other.after, Option(other.after, other, other.reading.bundles[:1]))
            if rule.rule.uncertain:
                before = at.text[winner.start : winner.end]
                options.setdefault(before, Option(before, winner, ()))
        return Draft(base, winner, tuple(options.values()))

    def _choices(self, drafts: Sequence[Draft]) -> list[Choice]:
        """Which reading of each match is used; without a chooser the first."""
        chooser, choices = self.chooser, [FIRST] * len(drafts)
        if chooser is not None and self._uncertain != "keep":
            opened = [number for number, draft in enumerate(drafts) if len(draft.options) > 1]
            asked = chooser.choose([_ask(drafts[number]) for number in opened])
            for number, choice in zip(opened, asked, strict=True):
                choices[number] = choice
        return choices

    def _edit(self, draft: Draft, choice: Choice, evidence: bool) -> Edit:
        after, winner, bundles = draft.options[choice.number]
        rule, at, fields = winner.rule, winner.at, winner.fields
        reading = winner.reading._replace(bundles=bundles) if choice.number and bundles else winner.reading
        spoken = () if self.chooser is None else self.chooser.evidence(choice)
        return Edit(
            rule=rule.id,
            cls=rule.rule.cls,
            start=draft.base + winner.start,
            end=draft.base + winner.end,
            before=at.text[winner.start : winner.end],
            after=after,
            fields={**_present(fields), **rule.more(reading, fields)},
            uncertain=len(draft.options) > 1,
            alternatives=tuple(option.after for option in draft.options if option.after != after),
            evidence=(*map(str, rule.decisions(fields, at)), *spoken) if evidence else spoken,
            chosen_by=self.chooser.id if self.chooser is not None and choice.number else "",
        )

    def _lines(self, text: str) -> Iterator[tuple[int, str, list[tuple[int, Any]]]]:
        """Lines in which rules may match: where they begin, their text, and the places in them."""
        base, end = 0, -1
        places: list[tuple[int, Any]] = []
        for pos, source in self._places(text):
            if pos > end:
                if places:
                    yield base, text[base:end], places
                    places = []
                base, end = line_of(text, pos)
            places.append((pos - base, source))
        if places:
            yield base, text[base:end], places

    def _read(
        self,
        text: str,
        base: int,
        line: str,
        places: list[tuple[int, Any]],
        fences: TextFences,
        audit: Audit | None,
    ) -> list[Winner]:
        try:
            return self._line(line, places, partial(fences.spans, base, line), audit)
        except Slow as slow:
            raise slow.rule.too_slow(text, base) from None

    def _line(
        self, line: str, places: list[tuple[int, Any]], fences: LineFences, audit: Audit | None
    ) -> list[Winner]:
        """The matches that are used in one line.

        Rules of negative priority lose to all others, so they are matched last, and only where
        nothing else was used (or where it matters what lost).
        """
        found: list[_Match] = []
        weak: list[_Match] = []
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
                won.sort(key=_position)
        return won

    def _settle(
        self,
        line: str,
        found: list[_Match],
        taken: list[Winner],
        won: list[Winner],
        audit: Audit | None,
    ) -> None:
        """Add the winners among matches, in order of start, to `won`, overlapping cluster by cluster."""
        cluster: list[_Match] = []
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

    def _places(self, text: str) -> list[tuple[int, Any]]:
        """Where anchored rules may begin, and where searched rules match, in order of position."""
        places: list[tuple[int, Any]] = list(self.gate.starts(text))
        if self.gate.free:
            searched = [
                (base + match.start(), _item(rule, match))
                for base, rule, match in self.gate.searched(text)
                if match.end() > match.start()
            ]
            if searched:
                places += searched
                places.sort(key=_position)
        return places

    def _resolve(
        self,
        line: str,
        cluster: list[_Match],
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
            winner = self._try(line, item, report)
            if winner is not None:
                won.append(winner)
        if len(won) - first > 1:
            won[first:] = sorted(won[first:], key=_position)

    def _try(self, line: str, item: _Match, report: Report | None) -> Winner | None:
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
        after = line[start:end] if rule.rule.mark else self._dress(at, reading.text, rule)
        return Winner(start, end, after, rule, match, fields, reading, at)

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


def _is_unsure(winner: Winner) -> bool:
    """Whether there may be other readings of a match."""
    rule, reading = winner.rule, winner.reading
    if rule.rule.mark or not (reading.guessed or len(reading.bundles) > 1 or rule.rule.uncertain):
        return False
    return rule.rule.uncertain or len(rule.options(winner.fields, winner.at, reading)) > 1


def _ask(draft: Draft) -> Ask:
    text, start, end = draft.winner.at
    candidates = tuple(Candidate(one.after, one.winner.rule.id, one.bundles) for one in draft.options)
    return Ask(text[max(start - REACH, 0) : start], text[start:end], text[end : end + REACH], candidates)


def _item(rule: CompiledRule, match: Any) -> _Match:
    start, end = match.span()
    return (rule.weight, start - end, start, rule.rank, rule.id, end, rule, match)


def _match_at(line: str, pos: int, rules: Rules, found: list[_Match]) -> None:
    for rule in rules:
        match = rule.find(line, pos)
        if match is not None and (end := match.end()) > pos:
            found.append((rule.weight, pos - end, pos, rule.rank, rule.id, end, rule, match))


def _outside(fences: LineFences, found: list[_Match], audit: Audit | None) -> list[_Match]:
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


def _present(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that have text; names that begin with an underscore are the rule's own."""
    return {name: value for name, value in fields.items() if value and name[0] != "_"}


def _overlapping(winners: list[Winner], first: int, start: int, end: int) -> Winner | None:
    for index in range(first, len(winners)):
        winner = winners[index]
        if start < winner.end and winner.start < end:
            return winner
    return None


def _across(winners: list[Winner], start: int, end: int) -> Winner | None:
    """The first winner that overlaps the stretch, of winners in order of position."""
    index = bisect_right(winners, start, key=_position)
    if index and winners[index - 1].end > start:
        return winners[index - 1]
    return winners[index] if index < len(winners) and winners[index].start < end else None


def _position(place: Any) -> int:
    start: int = place[0]
    return start


def _start(item: _Match) -> int:
    return item[2]


def _note_loss(item: _Match, rival: Winner, audit: Audit) -> None:
    span = (rival.start, rival.end)
    if (item[2], item[5]) == span:
        audit.rivals.setdefault(span, []).append(item)
    if audit.report is not None:
        audit.report(item, f"lost to {rival.rule.id}")


def mark(readings: Sequence[str]) -> str:
    """Readings side by side between ⟦ and ⟧, the likeliest first."""
    return f"⟦{'|'.join(readings)}⟧"


def _reporter(losers: list[Loser], base: int) -> Report:
    """A report that keeps what it is told; `base` is where the line begins."""

    def report(item: _Match, reason: str) -> None:
        rule = item[6]
        losers.append(Loser(rule.id, rule.rule.cls, base + item[2], base + item[5], item[7].group(), reason))

    return report
