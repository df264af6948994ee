"""The `words` stage over tokens: what stands between blanks, less the punctuation around it.

A token is worked out once and remembered, as in the stage over words. Only tokens that a table of
contexts lists are looked at in their place, between their neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any, NamedTuple, Protocol, TypeVar, cast

import regex

from textnorm.document import Edit
from textnorm.engine.tokens import cased
from textnorm.engine.words import Expand, Step, WordFile, close, rewritten
from textnorm.errors import PackError
from textnorm.memo import Memo
from textnorm.pack.model import Lexicon, WordRewrite

P = TypeVar("P")
START, END = "^", "$"  # in tables of contexts: nothing stands before, or after, in the line
_KEPT = 400_000  # tokens that are remembered
_SPLIT = re.compile(r"(\S+)").split
_QUOTE = "'‘’"  # one at the start or the end alone is an elision and belongs to the word
_OPEN, _CLOSE = r"(\[{<\"«»„“”¿¡*_~-", r")\]}>\"«»“”*_~.,!?;:…-"
_CORE = regex.compile(
    rf"([{_OPEN}]*+(?:[{_QUOTE}](?=.+[{_QUOTE}][{_CLOSE}]*$))?)(.*?)((?:(?<=^[{_OPEN}]*[{_QUOTE}].*)[{_QUOTE}])?[{_CLOSE}]*+)",
    regex.DOTALL,
)


class Core(NamedTuple):
    """A token and the punctuation on both sides of it."""

    before: str
    word: str
    after: str


def core(token: str) -> Core:
    """The token without brackets, quotes and punctuation around it, and these.

    >>> core('("lol",')
    Core(before='("', word='lol', after='",')
    """
    if token.isalpha():
        return Core("", token, "")
    match = _CORE.fullmatch(token)
    assert match is not None  # the middle takes anything
    return Core(*match.groups()) if match[2] else Core("", token, "")


class _Context(NamedTuple):
    before: str  # the neighbour asked for; '' for any
    after: str
    target: str
    item: WordRewrite


class _Doubt(NamedTuple):
    """A token that must be seen in its place."""

    core: Core
    contexts: tuple[_Context, ...]
    alone: str  # what the token becomes if no context fits


class TokensStage:
    """All files of a stage that work on tokens; a later file works on what an earlier one wrote."""

    def __init__(self, items: Sequence[WordRewrite], lexicons: Mapping[str, Lexicon], expand: Expand) -> None:
        self._files = [
            WordFile(list(group), lexicons, expand)
            for _, group in groupby(items, key=lambda item: item.group)
        ]
        self._contexts = _contexts(items, lexicons)
        self._memo: Memo[str, Any] = Memo(self.worked_out, _KEPT)

    def apply(self, text: str) -> str:
        """The text with every token rewritten; one that becomes nothing takes a blank beside it along."""
        return self.applied(text, self._memo, str)

    def applied(self, text: str, memo: Mapping[str, Any], later: Callable[[str], str]) -> str:
        """The same with the answers of `memo`; `later` is for tokens that are decided in their place."""
        parts = _SPLIT(text)
        found = list(map(memo.__getitem__, parts[1::2]))
        if self._contexts:
            doubts = [index for index, value in enumerate(found) if value.__class__ is not str]
            for index in doubts:
                found[index] = later(self._in_place(found[index], index, parts)[0])
        return rejoined(parts, found)

    @property
    def looks_around(self) -> bool:
        """Whether what becomes of a token depends on its neighbours."""
        return bool(self._contexts)

    def is_doubtful(self, text: str) -> bool:
        """Whether there is a token in the text that is decided by its neighbours."""
        return any(not isinstance(self._memo[token], str) for token in text.split())

    def edits(self, text: str) -> list[Edit]:
        """One edit per rewritten token; several rewrites of one token are its steps."""
        parts = _SPLIT(text)
        starts = list(accumulate(map(len, parts[:-1]), initial=0))[1::2]
        tokens = parts[1::2]
        found = [self._steps(token, index, parts) for index, token in enumerate(tokens)]
        blanks = close(parts, [index for index, (outer, steps) in enumerate(found) if _gone(outer, steps)])
        edits = []
        for index, (outer, steps) in enumerate(found):
            if steps:
                before, after = blanks.get(index, (0, 0))
                start = starts[index] + len(outer.before) - before
                end = starts[index] + len(tokens[index]) - len(outer.after) + after
                edits.append(_edit(outer.word, steps, start, text[start:end]))
        return edits

    def worked_out(self, token: str) -> str | _Doubt:
        """What becomes of a token, or what has to be known of it to decide in its place."""
        outer, steps = self._alone(token)
        after = _joined(outer, steps)
        contexts = self._contexts.get(outer.word.lower(), ()) or self._contexts.get(token.lower(), ())
        return _Doubt(outer, contexts, after) if contexts else after

    def _alone(self, token: str) -> tuple[Core, list[Step]]:
        """What the token becomes whatever stands around it: the whole of it, or else its core."""
        outer = core(token)
        if outer.word != token:
            steps = rewritten(token, self._files)
            if steps or any(file.lists(token) for file in self._files):
                return Core("", token, ""), steps
        steps = rewritten(outer.word, self._files)
        if steps and outer.after[:1] == "." == steps[-1][1][-1:]:  # an abbreviation that has its period
            return outer, [
                (item, after.removesuffix(".")) for item, after in steps if after != f"{outer.word}."
            ]
        return outer, steps

    def _steps(self, token: str, index: int, parts: list[str]) -> tuple[Core, list[Step]]:
        value = self._memo[token]
        if value == token:  # as nearly all of them
            return Core("", token, ""), []
        if isinstance(value, _Doubt):
            after, context = self._in_place(value, index, parts)
            if context is not None:
                target = after[len(value.core.before) : len(after) - len(value.core.after)]
                return value.core, [(context.item, target)] if target != value.core.word else []
        return self._alone(token)

    def _in_place(self, value: _Doubt, index: int, parts: list[str]) -> tuple[str, _Context | None]:
        outer = value.core
        before = outer.before[-1:] or _last(parts, index)
        after = outer.after[:1] or _next(parts, index)
        for context in value.contexts:
            if context.before in ("", before) and context.after in ("", after):
                target = cased(outer.word, context.target) if context.target else ""
                return f"{outer.before}{target}{outer.after}", context
        return value.alone, None


class Tokenwise(Protocol):
    """A stage that works out one token after the other, whatever stands between them."""

    @property
    def looks_around(self) -> bool:
        """Whether what becomes of a token may depend on its neighbours."""

    def worked_out(self, token: str) -> object:
        """What becomes of a token, or what has to be known of it to decide in its place."""

    def apply(self, text: str) -> str:
        """The text with every token rewritten."""

    def applied(self, text: str, memo: Mapping[str, Any], later: Callable[[str], str]) -> str:
        """The same with the answers of `memo`; `later` is for tokens that are decided in their place."""


class TokensChain:
    """Stages over tokens in one pass, of which only the first may look at neighbours; for `apply` alone."""

    def __init__(self, first: Tokenwise, later: Sequence[Tokenwise]) -> None:
        self._first, self._stages = first, later
        self._memo: Memo[str, Any] = Memo(self._worked_out, _KEPT)

    def apply(self, text: str) -> str:
        """The text as all stages, one after the other, leave it."""
        return self._first.applied(text, self._memo, self._later)

    def _worked_out(self, token: str) -> object:
        value = self._first.worked_out(token)
        return self._later(value) if isinstance(value, str) else value

    def _later(self, text: str) -> str:
        for stage in self._stages:
            text = stage.apply(text)
        return text


def chained(passes: Sequence[P]) -> list[P | TokensChain]:
    """The passes with those over tokens joined where they can go through the text together."""
    made: list[P | TokensChain] = []
    for joins, group in groupby(_runs(passes), key=itemgetter(0)):
        found = [one for _, one in group]
        if joins >= 0 and len(found) > 1:
            first, *later = cast("list[Tokenwise]", found)
            made.append(TokensChain(first, later))
        else:
            made += found
    return made


def _runs(passes: Sequence[P]) -> Iterator[tuple[int, P]]:
    """Each pass with the number of its run; -1 for those that are no stages over tokens."""
    run = 0
    for one in passes:
        joins = hasattr(one, "worked_out")
        run += not joins or cast(Tokenwise, one).looks_around
        yield (run if joins else -1), one


def rejoined(parts: list[str], found: list[str]) -> str:
    """The text of `parts`, tokens and what stands between them, with what became of the tokens."""
    if not all(found):
        close(parts, [index for index, after in enumerate(found) if not after])
    parts[1::2] = found
    return "".join(parts)


def _last(parts: list[str], index: int) -> str:
    """What stands before a token: the punctuation at the end of the one before, or that in lower case."""
    if not index or "\n" in parts[2 * index]:
        return START
    outer = core(parts[2 * index - 1])
    return outer.after[-1:] or outer.word.lower()


def _next(parts: list[str], index: int) -> str:
    if 2 * index + 3 >= len(parts) or "\n" in parts[2 * index + 2]:
        return END
    outer = core(parts[2 * index + 3])
    return outer.before[:1] or outer.word.lower()


def _contexts(
    items: Sequence[WordRewrite], lexicons: Mapping[str, Lexicon]
) -> dict[str, tuple[_Context, ...]]:
    """The rows of all tables of contexts by their words."""
    found: dict[str, list[_Context]] = {}
    for item in items:
        for word, context in _rows(item, lexicons) if item.contexts else ():
            found.setdefault(word, []).append(context)
    return {word: tuple(rows) for word, rows in found.items()}


def _rows(item: WordRewrite, lexicons: Mapping[str, Lexicon]) -> Iterator[tuple[str, _Context]]:
    table = lexicons[item.contexts]
    for name in ("word", "before", "after", item.column):
        if name not in table.columns:
            message = f'table {item.contexts} has no column "{name}"; it has {", ".join(table.columns)}'
            raise PackError(message, at=item.at)
    places = [table.column(name) for name in ("word", "before", "after", item.column)]
    for row in table.rows:
        word, before, after, target = (row[place] for place in places)
        yield word, _Context(before, after, target, item)


def _joined(outer: Core, steps: Sequence[Step]) -> str:
    return f"{outer.before}{steps[-1][1] if steps else outer.word}{outer.after}"


def _gone(outer: Core, steps: Sequence[Step]) -> bool:
    """Whether nothing is left of the token."""
    return bool(steps) and not _joined(outer, steps)


def _edit(word: str, steps: Sequence[Step], start: int, before: str) -> Edit:
    """The edit of one token, with the steps that led to it if there is more than one."""
    end = start + len(before)
    if len(steps) == 1:
        (item, after) = steps[0]
        return Edit(item.id, item.cls, start, end, before, after)
    single, current = [], word
    for item, after in steps:
        single.append(Edit(item.id, item.cls, start, start + len(current), current, after))
        current = after
    rule = "+".join(dict.fromkeys(step.rule for step in single))
    return Edit(rule, single[-1].cls, start, end, before, current, steps=tuple(single))
