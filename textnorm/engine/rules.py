"""The `rules` stage: collect matches, resolve conflicts, write the winners out, splice once.

All rules see the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from textnorm.document import Edit, Loser, replay
from textnorm.engine.compiled import CompiledRule, Slow
from textnorm.engine.conflicts import Audit, Conflicts, Match, Report, Winner, match_of, position
from textnorm.engine.fences import Fences, TextFences
from textnorm.engine.gate import Gate, line_of
from textnorm.grammar.features import Bundle
from textnorm.grammar.grammar import Grammar
from textnorm.readings.chooser import FIRST, Choice, Chooser
from textnorm.readings.protocol import REACH, Ask, Candidate

UNCERTAIN = ("best", "keep", "mark")  # what becomes of readings that rest on a bare default


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
    A `chooser`, where one is set, says which is the likeliest.
    """

    reports = True  # `edits` can list what was not used

    def __init__(self, rules: Sequence[CompiledRule], grammar: Grammar, uncertain: str = "best") -> None:
        self.rules = tuple(rules)
        self._grammar, self._uncertain = grammar, uncertain
        self.chooser: Chooser | None = None
        self._conflicts = Conflicts(grammar.sentence)
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

    def _draft(self, base: int, winner: Winner, rivals: Mapping[tuple[int, int], list[Match]]) -> Draft:
        """All readings of a match: those of its rule, of rules that lost to it, and the text as it stands."""
        rule, at = winner.rule, winner.at
        options = {winner.after: Option(winner.after, winner, winner.reading.bundles[:1])}
        if rule.rule.mark:
            return Draft(base, winner, (options[winner.after],))
        for said, bundles in rule.options(winner.fields, at, winner.reading).items():
            after = self._conflicts.dress(at, said, rule)
            if after not in options or after == winner.after:
                options[after] = Option(after, winner, bundles)
        if len(options) > 1 or rule.rule.uncertain:
            for item in rivals.get((winner.start, winner.end), ()):
                other = self._conflicts.attempt(at.text, item, None)
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
            return self._conflicts.winners(line, places, partial(fences.spans, base, line), audit)
        except Slow as slow:
            raise slow.rule.too_slow(text, base) from None

    def _places(self, text: str) -> list[tuple[int, Any]]:
        """Where anchored rules may begin, and where searched rules match, in order of position."""
        places: list[tuple[int, Any]] = list(self.gate.starts(text))
        if self.gate.free:
            searched = [
                (base + match.start(), match_of(rule, match))
                for base, rule, match in self.gate.searched(text)
                if match.end() > match.start()
            ]
            if searched:
                places += searched
                places.sort(key=position)
        return places


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


def _present(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that have text; names that begin with an underscore are the rule's own."""
    return {name: value for name, value in fields.items() if value and name[0] != "_"}


def mark(readings: Sequence[str]) -> str:
    """Readings side by side between ⟦ and ⟧, the likeliest first."""
    return f"⟦{'|'.join(readings)}⟧"


def _reporter(losers: list[Loser], base: int) -> Report:
    """A report that keeps what it is told; `base` is where the line begins."""

    def report(item: Match, reason: str) -> None:
        rule = item[6]
        losers.append(Loser(rule.id, rule.rule.cls, base + item[2], base + item[5], item[7].group(), reason))

    return report
