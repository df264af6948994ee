"""The `case` stage where it sets the case of single tokens: capitals taken away, or put where they belong.

Only tokens of letters, with apostrophes and hyphens between them, are changed: addresses, handles and
codes stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate

import regex

from textnorm.document import Edit
from textnorm.engine.tokenwise import core, rejoined
from textnorm.errors import PackError
from textnorm.memo import Memo
from textnorm.pack.model import Case, Lexicon

_KEPT = 400_000  # tokens that are remembered
_SPLIT = re.compile(r"(\S+)").split
_PLAIN = regex.compile(r"[\p{L}\p{M}]++(?:['’-][\p{L}\p{M}]++)*+['’]?")
_OPENING = r"[(\[{\"'«„“‘¿¡]*+"  # what may stand between the start of a sentence and its first letter
_ANYWHERE = r"(?<!\S)"
_REST = r"\p{Ll}[\p{Ll}\p{M}]*+(?:['’-][\p{Ll}\p{M}]++)*+['’]?(?=[)\]}\"'»“”’.,!?;:…]*+(?:\s|$))"


class _Chooser:
    """Which tokens a file is about."""

    def __init__(self, item: Case, lexicons: Mapping[str, Lexicon]) -> None:
        try:
            self._only = regex.compile(item.only).fullmatch if item.only else None
            self._keep = regex.compile(item.keep).fullmatch if item.keep else None
        except regex.error as error:
            raise PackError(f"{item.id}: not a valid pattern: {error}", at=item.at) from None
        self._known = frozenset(row[0] for name in item.known for row in lexicons[name].rows)

    def __call__(self, word: str) -> bool:
        if word in self._known or not _PLAIN.fullmatch(word):
            return False
        return (self._only is None or bool(self._only(word))) and not (self._keep and self._keep(word))


class LowerStage:
    """Writes tokens in lower case."""

    looks_around = False  # tokens alone count

    def __init__(self, item: Case, lexicons: Mapping[str, Lexicon]) -> None:
        self._item, self._chosen = item, _Chooser(item, lexicons)
        self._memo: Memo[str, str] = Memo(self.worked_out, _KEPT)

    def apply(self, text: str) -> str:
        """The text with the tokens that the file is about in lower case."""
        return self.applied(text, self._memo)

    def applied(self, text: str, memo: Mapping[str, str], later: Callable[[str], str] = str) -> str:
        """The same with the answers of `memo`, which may be those of further stages, too."""
        parts = _SPLIT(text)
        return rejoined(parts, list(map(memo.__getitem__, parts[1::2])))

    def edits(self, text: str) -> list[Edit]:
        """One edit per token that changes."""
        parts = _SPLIT(text)
        starts = list(accumulate(map(len, parts[:-1]), initial=0))[1::2]
        found = []
        for start, token in zip(starts, parts[1::2], strict=True):
            if self._memo[token] != token:
                outer = core(token)
                start += len(outer.before)
                end, after = start + len(outer.word), outer.word.lower()
                found.append(Edit(self._item.id, self._item.cls, start, end, outer.word, after))
        return found

    def worked_out(self, token: str) -> str:
        """What becomes of a token."""
        outer = core(token)
        if outer.word.islower() or not self._chosen(outer.word):
            return token
        return f"{outer.before}{outer.word.lower()}{outer.after}"


class CapitalStage:
    """Writes the first letter of tokens as a capital, where the text to the left says so."""

    def __init__(self, item: Case, lexicons: Mapping[str, Lexicon]) -> None:
        self._item, self._chosen = item, _Chooser(item, lexicons)
        left = f"(?:{item.before}){_OPENING}" if item.before else f"{_ANYWHERE}{_OPENING}"
        try:
            self._pattern = regex.compile(rf"(?m){left}\K{_REST}")
        except regex.error as error:
            raise PackError(f"{item.id}: before: not a valid pattern: {error}", at=item.at) from None

    def apply(self, text: str) -> str:
        """The text with these capitals."""
        pieces: list[str] = []
        last = 0
        for start, word in self._found(text):
            pieces += (text[last:start], _capital(word))
            last = start + len(word)
        return "".join((*pieces, text[last:])) if pieces else text

    def edits(self, text: str) -> list[Edit]:
        """One edit per token that changes."""
        return [
            Edit(self._item.id, self._item.cls, start, start + len(word), word, _capital(word))
            for start, word in self._found(text)
        ]

    def _found(self, text: str) -> Iterator[tuple[int, str]]:
        for match in self._pattern.finditer(text):
            if self._chosen(match.group()):
                yield match.start(), match.group()


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]
