"""Short forms that a text defines itself, such as "hypertrophic cardiomyopathy (HCM)".

The search is that of Schwartz and Hearst (A simple algorithm for identifying abbreviation definitions in
biomedical text, PSB 2003), extended by the other order, plural short forms, permuted initials and words that
introduce a short form ("in what follows: X").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

Span = tuple[int, int]

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{2,120})[)\]]")
_EQUALS = re.compile(r"(?<=\w) = (?=\w)")
_WORD = re.compile(r"[^\W_]+")
_CUT = re.compile(r"[;:?!()\[\]]|\.\s|\n\s*\n")
_LAST_WORDS = re.compile(r"\S+(?: \S+)?$")
_LONGEST = 10  # characters of a short form
_NEAR = r"[^\s,;:()\[\]\"“”„‘«»]"
_SHORT = re.compile(rf"[^\W_]{_NEAR}*(?: {_NEAR}+)?")
_LINK_WORD = 3  # words of at most so many letters may stand between the initials: "of", "the", "und"


class Definition(NamedTuple):
    """A short form and the long form it stands for: `text[start:end]` of each is what is written."""

    short: Span
    long: Span


def definitions(text: str, introductions: Sequence[str] = ()) -> list[Definition]:
    """The short forms that `text` defines, in order of their place.

    `introductions` are words of a language that may stand before a short form in brackets, such as
    "im Folgenden". Offsets count code points.

    >>> text = "Hypertrophic cardiomyopathy (HCM) runs in families."
    >>> [(text[slice(*one.short)], text[slice(*one.long)]) for one in definitions(text)]
    [('HCM', 'Hypertrophic cardiomyopathy')]
    """
    found: dict[Span, Definition] = {}
    if "(" in text or "[" in text:
        skip = _introduction(introductions)
        for bracket in _BRACKET.finditer(text):
            for one in _in_bracket(text, bracket, skip):
                found.setdefault(one.short, one)
    if " = " in text:
        for sign in _EQUALS.finditer(text):
            for one in _around_equals(text, sign):
                found.setdefault(one.short, one)
    return sorted(found.values())


def forms(short: str) -> tuple[str, ...]:
    """A short form as it is written and in the other number: `PE` and `PEs`."""
    if short.endswith("s") and short[:-1].isupper() and len(short) > 2:
        return short, short[:-1]
    return (short, f"{short}s") if short.isupper() else (short,)


def _introduction(words: Iterable[str]) -> re.Pattern[str]:
    choices = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    lead = rf"(?:(?:{choices})[: ]\s*)?" if choices else ""
    return re.compile(rf"{lead}(?:=\s*)?[\"'“”„‘’«»]*", re.IGNORECASE)


def _in_bracket(text: str, bracket: re.Match[str], skip: re.Pattern[str]) -> Iterator[Definition]:
    start, end = bracket.span(1)
    lead = skip.match(text, start, end)
    assert lead is not None  # every part of it may be missing
    inner = _SHORT.match(text, lead.end(), end)
    left = _left_of(text, bracket.start())
    if inner is not None and (inner.end() == end or text[inner.end()] in ",;:\"'“”’»"):
        short = inner.span()
        if _is_short(inner[0]):
            long = _long_form(text, inner[0], left)
            if long:
                yield Definition(short, long)
                return
    before = _LAST_WORDS.search(text, left[0], left[1])
    if before is not None:
        yield from _short_before(text, before.span(), (lead.end(), end))


def _short_before(text: str, words: Span, inside: Span) -> Iterator[Definition]:
    """`HCM (hypertrophic cardiomyopathy)`: the bracket as a whole must be the long form."""
    tail = text[words[0] : words[1]]
    for start in {words[0], words[0] + tail.rfind(" ") + 1}:
        short = text[start : words[1]]
        inner = text[inside[0] : inside[1]].rstrip("\"'“”’» ")
        span = inside[0], inside[0] + len(inner)
        if not _is_short(short) or " " in short or _long_form(text, short, span) != span:
            continue
        initials = {word[0][0].casefold() for word in _WORD.finditer(inner) if len(word[0]) > _LINK_WORD}
        if initials <= set(short.casefold()):  # letters that occur somewhere are no proof in this order
            yield Definition((start, words[1]), span)


def _around_equals(text: str, sign: re.Match[str]) -> Iterator[Definition]:
    """`KHK = koronare Herzkrankheit`, and the other way round; letters must be capitals here."""
    left = _left_of(text, sign.start())
    cut = _CUT.search(text, sign.end())
    stop = cut.start() if cut else len(text)
    right = sign.end(), sign.end() + len(text[sign.end() : stop].split(",")[0].rstrip(" ."))
    before = _LAST_WORDS.search(text, left[0], left[1])
    if before is not None:
        start = before.start() + before[0].rfind(" ") + 1
        short = text[start : sign.start()]
        if short.isupper() and _is_short(short):
            words = list(_WORD.finditer(text, *right))
            for word in reversed(words[: _most_words(short)]):
                if _long_form(text, short, (right[0], word.end())) == (right[0], word.end()):
                    yield Definition((start, sign.start()), (right[0], word.end()))
                    return
    after = _SHORT.match(text, right[0], right[1])
    if after is not None and after[0].isupper() and _is_short(after[0]):
        long = _long_form(text, after[0], left)
        if long:
            yield Definition(after.span(), long)


def _left_of(text: str, end: int) -> Span:
    """The part of a sentence that ends before `end`, without the blank there."""
    start = max(0, end - 200)
    for cut in _CUT.finditer(text, start, end):
        start = cut.end()
    stop = end - 1 if end > start and text[end - 1] == " " else end
    return start, max(start, stop)


def _is_short(text: str) -> bool:
    """Whether a text looks like a short form: capitals or digits that ordinary words do not have."""
    if not 2 <= len(text) <= _LONGEST or not any(map(str.isalpha, text)):
        return False
    capitals = sum(map(str.isupper, text))
    if capitals >= 2 or (capitals and any(map(str.isdigit, text))):
        return True
    return bool(capitals) and len(text) <= 4


def _most_words(short: str) -> int:
    return min(len(short) + 5, 2 * len(short))


def _long_form(text: str, short: str, within: Span) -> Span | None:
    """Where the long form of `short` stands that ends at the end of `within`, if there is one."""
    plain = forms(short)[1] if short.endswith("s") and len(forms(short)) > 1 else short
    letters = [char for char in plain.casefold() if char.isalnum()]
    words = list(_WORD.finditer(text, *within))
    if not words or not letters:
        return None
    if words[-1].end() != within[1]:
        return None
    words = words[-_most_words(plain) :]
    long = (
        _by_initials(words, letters) or _by_permutation(words, letters) or _by_letters(text, words, letters)
    )
    if long is None or long[1] - long[0] <= len(plain):
        return None
    inside = text[slice(*long)]
    if any(word[0] == short for word in _WORD.finditer(inside)):
        return None
    return long


def _by_initials(words: Sequence[re.Match[str]], letters: Sequence[str]) -> Span | None:
    """The last words whose initials are the letters, short words between them aside."""
    rest = list(letters)
    for word in reversed(words):
        if word[0][0].casefold() == rest[-1]:
            rest.pop()
            if not rest:
                return word.start(), words[-1].end()
        elif len(word[0]) > _LINK_WORD or len(rest) == len(letters):
            return None
    return None


def _by_letters(text: str, words: Sequence[re.Match[str]], letters: Sequence[str]) -> Span | None:
    """Schwartz and Hearst's walk from the right: all letters in order, the first at the start of a word."""
    starts = {word.start() for word in words}
    at, first, end = words[-1].end() - 1, words[0].start(), words[-1].end()
    for index in range(len(letters) - 1, -1, -1):
        while at >= first and not (text[at].casefold() == letters[index] and (index > 0 or at in starts)):
            at -= 1
        if at < first:
            return None
        at -= 1
    return at + 1, end


def _by_permutation(words: Sequence[re.Match[str]], letters: Sequence[str]) -> Span | None:
    """`purpura, idiopathic thrombocytopenic` (ITP): each letter is the initial of one of the last words."""
    chosen = words[-len(letters) :]
    if len(letters) < 3 or len(chosen) < len(letters):
        return None
    if sorted(word[0][0].casefold() for word in chosen) != sorted(letters):
        return None
    return chosen[0].start(), chosen[-1].end()
