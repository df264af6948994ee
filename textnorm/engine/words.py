"""The `words` stage: every word rewritten on its own, worked out once and remembered.

What a word becomes depends on nothing around it, so a text costs one look into a table for each of its
words, and only words that were not seen before are worked on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, groupby
from typing import Any, Protocol

import regex

from textnorm.document import Edit
from textnorm.engine.tokens import cased, split
from textnorm.errors import PackError
from textnorm.memo import Memo
from textnorm.pack.model import Lexicon, WordRewrite
from textnorm.patterns.parser import parse
from textnorm.patterns.relax import relaxed
from textnorm.patterns.sets import search_set

_KEPT = 400_000  # words that are remembered
_OTHER = regex.compile(r"[\p{N}_]")  # what is in no word, but in codes, names of accounts …
_WIDTH = 40  # characters of a pattern that the gate looks at
_BLANKS = " \t\u00a0"
_LITERAL = regex.compile(r"\^?[\p{L}\p{M}'’-]++\$?")
_PLAIN = regex.compile(r"[\p{L}\p{M}]++(?:['’-][\p{L}\p{M}]++)*+['’]?")  # tokens that patterns may change
_PLAIN_DIGITS = regex.compile(r"[\p{L}\p{M}\p{N}]++(?:['’-][\p{L}\p{M}\p{N}]++)*+['’]?")


Step = tuple[WordRewrite, str]  # a rewrite, and what it wrote


class Expand(Protocol):
    """Writes out macros and lexicons in a pattern."""

    def __call__(self, pattern: str, macros: Mapping[str, str]) -> str:
        """The pattern, written out."""


class WordsStage:
    """All files of a stage that split text alike; a later file works on what an earlier one wrote."""

    def __init__(self, items: Sequence[WordRewrite], lexicons: Mapping[str, Lexicon], expand: Expand) -> None:
        self._apostrophes = items[0].apostrophes
        self._files = [
            WordFile(list(group), lexicons, expand)
            for _, group in groupby(items, key=lambda item: item.group)
        ]
        self._memo: Memo[str, str] = Memo(self._rewritten, _KEPT)

    def apply(self, text: str) -> str:
        """The text with every word rewritten; one that becomes nothing takes a blank beside it along."""
        parts = split(text, apostrophes=self._apostrophes)
        found = list(map(self._memo.__getitem__, parts[1::2]))
        if not all(found):
            close(parts, [index for index, after in enumerate(found) if not after])
        parts[1::2] = found
        return "".join(parts)

    def edits(self, text: str) -> list[Edit]:
        """One edit per rewritten word; several rewrites of one word are its steps."""
        parts = split(text, apostrophes=self._apostrophes)
        words = parts[1::2]
        starts = list(accumulate(map(len, parts[:-1]), initial=0))[1::2]
        gone = [index for index, word in enumerate(words) if not self._memo[word]]
        blanks = close(parts, gone)
        found = []
        for index, (word, start) in enumerate(zip(words, starts, strict=True)):
            if self._memo[word] != word:
                before, after = blanks.get(index, (0, 0))
                end = start + len(word) + after
                found.append(self._edit(word, start - before, text[start - before : end]))
        return found

    def _edit(self, word: str, start: int, before: str) -> Edit:
        steps, current = [], word
        for item, after in self._steps(word):
            steps.append(Edit(item.id, item.cls, start, start + len(current), current, after))
            current = after
        end = start + len(before)
        if len(steps) == 1:
            return Edit(steps[0].rule, steps[0].cls, start, end, before, current)
        rule = "+".join(dict.fromkeys(step.rule for step in steps))
        return Edit(rule, steps[-1].cls, start, end, before, current, steps=tuple(steps))

    def _rewritten(self, word: str) -> str:
        steps = self._steps(word)
        return steps[-1][1] if steps else word

    def _steps(self, word: str) -> list[Step]:
        """Every rewrite that changes the word, with what has become of it by then."""
        return rewritten(word, self._files)


def rewritten(word: str, files: Iterable[WordFile]) -> list[Step]:
    """What the files make of a word, one after the other: each rewrite, and the word by then."""
    steps: list[Step] = []
    for file in files:
        parts = (steps[-1][1] if steps else word).split(" ")  # an earlier file may have written several
        for index, part in enumerate(parts):
            for item, after in file.steps(part) if part else ():
                parts[index] = after
                steps.append((item, " ".join(filter(None, parts))))
    return steps


class WordFile:
    """The table and the rewrites of one file."""

    def __init__(self, items: Sequence[WordRewrite], lexicons: Mapping[str, Lexicon], expand: Expand) -> None:
        head = items[0]
        self._follow, self._first, self._together = head.follow, head.first, head.together
        self._digits, self._tokens = head.digits, head.tokens
        self._table: dict[str, Step] = {}
        for item in items:
            if item.table:
                self._table.update(_listed(item, lexicons))
        words = _Words(lexicons)
        self._rewrites = [_Rewrite(item, words, expand) for item in items if item.match]
        known = [one.known for one in self._rewrites]
        self._settled = frozenset.intersection(*known) if known else frozenset()
        self._accepted = frozenset().union(*{id(one.into): one.into or () for one in self._rewrites}.values())
        self._fitting = search_set([rewrite.gate for rewrite in self._rewrites])

    def steps(self, word: str) -> Iterable[Step]:
        """The rewrites that change the word; a listed word is settled by the table."""
        if not self._tokens and not self._digits and not word.isalpha() and _OTHER.search(word):
            return ()
        listed = self._table.get(word)  # just as it stands
        if listed is not None:
            return [listed] if listed[1] != word else ()
        current = word.lower() if self._follow else word
        listed = self._table.get(current)
        if listed is not None:
            found = [listed] if listed[1] != current else []
        elif current in self._settled or (self._tokens and not self._is_plain(word)):
            return ()
        elif possible := self._possible(current):
            found = list(self._rewritten(current, possible)) or self._in_two(current)
        else:
            return ()
        return [(item, cased(word, after)) for item, after in found] if self._follow else found

    def lists(self, word: str) -> bool:
        """Whether the table has the word just as it stands."""
        return word in self._table

    def _is_plain(self, token: str) -> bool:
        """Whether patterns may change a token: a word, no address, handle or code."""
        return token.isalpha() or bool((_PLAIN_DIGITS if self._digits else _PLAIN).fullmatch(token))

    def _rewritten(self, word: str, possible: list[int]) -> Iterator[Step]:
        """The rewrites by pattern, of which these may be about the word."""
        place = 0
        while possible:
            number = possible.pop()
            after = self._rewrites[number](word) if number >= place else None
            if after is None:
                continue
            if after != word:
                yield self._rewrites[number].item, after
            if self._first or not after:
                return
            if after != word:
                word, place, possible = after, number + 1, self._possible(after)

    def _possible(self, word: str) -> list[int]:
        """The numbers of the rewrites that may be about a word, the last first."""
        if self._fitting is None:
            return list(reversed(range(len(self._rewrites))))
        return sorted(self._fitting(word.encode("utf-8", "surrogatepass")), reverse=True)

    def _in_two(self, word: str) -> list[Step]:
        """Two rewrites of a word that none alone settles, if that is allowed and leads to a known word."""
        if self._together > 1:
            for number in reversed(self._possible(word)):
                first = self._rewrites[number]
                middle = first.written(word) if first.may_change(word) else word
                for other in reversed(self._possible(middle)) if middle not in ("", word) else ():
                    after = self._rewrites[other].written(middle)
                    if after not in (word, middle) and after in self._accepted:
                        return [(first.item, middle), (self._rewrites[other].item, after)]
        return []


class _Words:
    """The first columns of lexicons, each list of them once."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._lexicons = lexicons
        self._sets: dict[tuple[str, ...], frozenset[str]] = {}

    def __call__(self, names: tuple[str, ...]) -> frozenset[str]:
        if names not in self._sets:
            found = (row[0] for name in names for row in self._lexicons[name].rows)
            self._sets[names] = frozenset(found)
        return self._sets[names]


class _Rewrite:
    """A pattern over single words, and the words that it leaves alone."""

    fits: Callable[[str], Any]  # whether a word has a match
    written: Callable[[str], str]  # a word with every match replaced, whether or not that is accepted

    def __init__(self, item: WordRewrite, words: _Words, expand: Expand) -> None:
        self.item = item
        try:
            source = expand(item.match, item.macros)
            self._pattern = regex.compile(source)
            self.gate = relaxed(parse(source), _WIDTH)
            exempt = expand(item.exempt, item.macros)
            self._exempt = regex.compile(exempt).search if exempt else None
        except regex.error as error:
            raise PackError(f"{item.id}: not a valid pattern: {error}", at=item.at) from None
        groups = self._pattern.groups
        if any(int(number) > groups for number in regex.findall(r"\\(\d+)", item.to)):
            raise PackError(f"{item.id}: {item.to!r} names a group that is not there", at=item.at)
        self.known = words(item.known)
        self.into = words(item.into) if item.into else None
        if _LITERAL.fullmatch(source) and "\\" not in item.to:
            self.fits, self.written = _literal(source, item.to)
        else:
            self.fits, self.written = self._pattern.search, partial(self._pattern.sub, item.to)

    def __call__(self, word: str) -> str | None:
        """What the word becomes; None if the rewrite is not about it."""
        if not self.fits(word) or not self.may_change(word):
            return None
        after = self.written(word)
        if self.into is None or after in self.into:
            return after
        return after if " " in after and self.into.issuperset(after.split(" ")) else None

    def may_change(self, word: str) -> bool:
        """Whether the word is none of those that the rewrite leaves alone."""
        return word not in self.known and (self._exempt is None or not self._exempt(word))


def _literal(source: str, to: str) -> tuple[Callable[[str], Any], Callable[[str], str]]:
    """The search and the replacement of letters without a pattern; `^` and `$` are the ends of a word."""
    old = source.strip("^$")
    if source[0] == "^" and source[-1] == "$":
        return old.__eq__, lambda word: to if word == old else word
    if source[0] == "^":
        return lambda word: word.startswith(
            old
        ), lambda word: to + word[len(old) :] if word.startswith(old) else word
    if source[-1] == "$":
        return lambda word: word.endswith(
            old
        ), lambda word: word[: -len(old)] + to if word.endswith(old) else word
    return lambda word: old in word, lambda word: word.replace(old, to)


def _listed(item: WordRewrite, lexicons: Mapping[str, Lexicon]) -> dict[str, Step]:
    table = lexicons[item.table]
    if not item.column:
        return {row[0]: (item, "") for row in table.rows}
    if item.column not in table.columns:
        message = f'table {item.table} has no column "{item.column}"; it has {", ".join(table.columns)}'
        raise PackError(message, at=item.at)
    value = table.column(item.column)
    return {row[0]: (item, row[value]) for row in reversed(table.rows)}  # of double entries the first counts


def close(parts: list[str], gone: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Take the blanks beside words that go out of `parts`; how many before and after each of them.

    Of a run of such words every one takes those after it; where none follow, as at the end of a line,
    the first takes those before it.
    """
    taken = {}
    run = 0  # the first word of the run
    for place, index in enumerate(gone):
        if not place or gone[place - 1] != index - 1 or parts[2 * index].strip(_BLANKS):
            run = index
        gap = parts[2 * index + 2]
        rest = gap.lstrip(_BLANKS)
        taken[index] = 0, len(gap) - len(rest)
        parts[2 * index + 2] = rest
        if rest == gap:
            gap = parts[2 * run]
            parts[2 * run] = gap.rstrip(_BLANKS)
            taken[run] = len(gap) - len(parts[2 * run]), taken[run][1]
    return taken
