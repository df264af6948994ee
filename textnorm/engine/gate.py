"""The gate: which rules may match where, found by a few fast scans instead of one search per rule.

Rules whose bounds tie them to the start of a word are *anchored*. Those that begin with a digit are
tried at each run of digits, all others where a scan says that one of them may begin. At each such
place an RE2 set of the relaxed patterns names the rules worth trying. Rules without a left bound
are searched for. A gate may accept too much, never too little. Without RE2 every rule of a kind is
tried: slower, with the same result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import regex

from textnorm.engine.compiled import CompiledRule
from textnorm.engine.shape import LEFT_WINDOW, WINDOW
from textnorm.grammar.context import TIMEOUT, compile_regex
from textnorm.patterns.sets import Searcher, match_set, searcher

_DIGITS = regex.compile(r"\d+")
_WORD_STARTS = regex.compile(r"(?<!\w)[^\n]")
_BEFORE = r"[^\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}]"  # at least what is no \w to `regex`


Rules = tuple[CompiledRule, ...]
Ranked = tuple[Rules, Rules]  # rules of priority 0 and above, rules below
_NONE: Ranked = ((), ())


class RuleSet:
    """Anchored rules that share one way of finding where they may begin."""

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self.rules = tuple(rules)
        self._right = match_set([rule.shape.gate for rule in rules])
        lefts = [(index, source) for index, rule in enumerate(rules) if (source := rule.shape.before)]
        self._left_index = [index for index, _ in lefts]
        self._left = match_set([source for _, source in lefts])
        self._groups: dict[tuple[int, ...], tuple[Ranked, bool]] = {}
        self._narrowed: dict[tuple[tuple[int, ...], tuple[int, ...]], Ranked] = {}

    def at(self, line: str, pos: int) -> Ranked:
        """The rules that may match at `pos` in the line, in order.

        Those of negative priority come apart: they are tried only where no other rule wins.
        """
        if self._right is None:
            return self._group(tuple(range(len(self.rules))))[0]
        found = self._right(line[pos : pos + WINDOW].encode("utf-8", "surrogatepass"))
        if not found:
            return _NONE
        key = tuple(found)
        group, looks_left = self._groups.get(key) or self._group(key)
        if not looks_left or self._left is None:
            return group
        behind = line[pos - LEFT_WINDOW if pos > LEFT_WINDOW else 0 : pos][::-1]
        left_key = tuple(self._left(behind.encode("utf-8", "surrogatepass")))
        narrowed = self._narrowed.get((key, left_key))
        return self._narrow(key, left_key) if narrowed is None else narrowed

    def _group(self, key: tuple[int, ...]) -> tuple[Ranked, bool]:
        rules = [self.rules[index] for index in key]
        ranked = (
            tuple(rule for rule in rules if rule.weight <= 0),
            tuple(rule for rule in rules if rule.weight > 0),
        )
        looks_left = any(index in self._left_index for index in key)
        self._groups[key] = ranked, looks_left
        return ranked, looks_left

    def _narrow(self, key: tuple[int, ...], left_key: tuple[int, ...]) -> Ranked:
        """The rules of a group whose `before` may hold, or that have none."""
        possible = {self._left_index[number] for number in left_key}
        wanted = [index for index in key if index in possible or index not in self._left_index]
        ranked = self._narrowed[key, left_key] = self._group(tuple(wanted))[0] if wanted else _NONE
        return ranked


class Gate:
    """All rules of a stage, behind their scans."""

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self.digit = RuleSet([rule for rule in rules if rule.on_digit])
        self.word = RuleSet([rule for rule in rules if rule.anchored and not rule.on_digit])
        self.free = _by_trigger([rule for rule in rules if not rule.anchored])
        self._scan = self._word_scan()

    def _word_scan(self) -> Searcher | None:
        starts = dict.fromkeys(f"(?:{rule.shape.scan})" for rule in self.word.rules)
        return searcher(f"{_BEFORE}(?:{'|'.join(starts)})" if starts else "")

    def starts(self, text: str) -> list[tuple[int, RuleSet]]:
        """Places in `text` where anchored rules may begin, in order, with the rules to ask there."""
        found: list[tuple[int, RuleSet]] = []
        if self.digit.rules:
            digit = self.digit
            found = [(match.start(), digit) for match in _DIGITS.finditer(text)]
        if self.word.rules:
            places = self._word_places(text)
            if places:
                word = self.word
                found += [(place, word) for place in places]
                found.sort(key=_place)
        return found

    def _word_places(self, text: str) -> list[int]:
        if self._scan is None:
            return [match.start() for match in _WORD_STARTS.finditer(text)]
        data = ("\n" + text).encode("utf-8", "surrogatepass")
        return list(_char_offsets(self._scan, data))

    def searched(self, text: str) -> Iterator[tuple[int, CompiledRule, Any]]:
        """Matches of the rules that have no left bound: where the line begins, the rule, its match there."""
        for trigger, rules in self.free:
            pos = 0
            while pos <= len(text) and (hit := trigger.search(text, pos)) is not None:
                start, end = line_of(text, hit.start())
                pos = end + 1  # what the trigger takes of later lines must not hide what begins in them
                line = text[start:end]
                for rule in rules:
                    try:
                        for match in _matches(rule, line):
                            yield start, rule, match
                    except TimeoutError:
                        raise rule.too_slow(text, start) from None


def _matches(rule: CompiledRule, line: str) -> Iterator[Any]:
    """The matches of a rule in a line; each has its own time, so that a long line may take long."""
    search = rule.pattern.search
    pos = 0
    while pos <= len(line) and (match := search(line, pos, timeout=TIMEOUT)) is not None:
        yield match
        pos = match.end() + (match.end() == match.start())


def _by_trigger(rules: Sequence[CompiledRule]) -> list[tuple[Any, Rules]]:
    """What a line must contain to be searched, and by which rules: each trigger is looked for once."""
    groups: dict[tuple[str, int], list[CompiledRule]] = {}
    for rule in rules:
        flags = regex.IGNORECASE if rule.rule.ignore_case else 0
        groups.setdefault((_trigger(rule), flags), []).append(rule)
    return [(compile_regex(source, flags), tuple(group)) for (source, flags), group in groups.items()]


def _trigger(rule: CompiledRule) -> str:
    """The rule's trigger, else its longest literal, else a line."""
    if rule.rule.trigger:
        return rule.grammar.expand(rule.rule.trigger, rule.rule.macros, rule.rule.at)
    return regex.escape(rule.shape.literal) if rule.shape.literal else "(?m)^"


def line_of(text: str, pos: int) -> tuple[int, int]:
    """Start and end of the line around `pos`."""
    end = text.find("\n", pos)
    return text.rfind("\n", 0, pos) + 1, len(text) if end < 0 else end


def _place(item: tuple[int, RuleSet]) -> int:
    return item[0]


def _char_offsets(scan: Searcher, data: bytes) -> Iterator[int]:
    """Character offsets, in the text without its leading line break, of what follows each match's first sign.

    The sign before a start may be the last one of the match before, so each search resumes right
    after the sign and not after the match.
    """
    pos = chars = last = 0
    ascii_only = data.isascii()
    size = len(data)
    while pos < size:
        start = scan(data, pos)
        if start < 0:
            return
        width = 1 if data[start] < 0x80 else 2 if data[start] < 0xE0 else 3 if data[start] < 0xF0 else 4
        pos = start + width
        if ascii_only:
            yield pos - 1
        else:
            chars += len(data[last:pos].decode("utf-8", "surrogatepass"))
            last = pos
            yield chars - 1
