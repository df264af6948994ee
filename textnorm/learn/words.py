"""Known words that a user brings: from files, or from the package wordfreq."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import regex

from textnorm.errors import InputError, Location
from textnorm.stream.codec import Codec
from textnorm.stream.textlines import text_lines

_WORDFREQ = "wordfreq:"
_MANY = 60_000  # words of a language; rarer ones are slips and foreign words more often than not
_PLAIN = regex.compile(r"[\p{L}\p{M}]++(?:['’-][\p{L}\p{M}]++)*+['’]?")


@dataclass(frozen=True, slots=True)
class Words:
    """Words in lower case with their counts or frequencies, and where they are from."""

    words: dict[str, float]
    credit: str


def read_words(names: Iterable[str], codec: Codec) -> Words:
    """The words of all sources: a file with a word on each line, or `wordfreq:TAG`. Raises InputError."""
    found: dict[str, float] = {}
    credits = []
    for name in names:
        if name.startswith(_WORDFREQ):
            tag = name.removeprefix(_WORDFREQ)
            words = _from_wordfreq(tag)
            credits.append(f"wordfreq {tag} (data under CC BY-SA 4.0, which then holds for listed.tsv)")
        else:
            words = _from_file(name, codec)
            credits.append(Path(name).name)
        for word, count in words.items():
            if _PLAIN.fullmatch(word):
                found[word] = max(found.get(word, 0.0), count)
    credit = f" Known words in listed.tsv: {'; '.join(credits)}." if credits else ""
    return Words(dict(sorted(found.items())), credit)


def _from_file(path: str, codec: Codec) -> dict[str, float]:
    """The words of a file, each with the count after the tab, or 1."""
    found: dict[str, float] = {}
    for number, line in enumerate(text_lines([path], codec), 1):
        word, _, rest = line.partition("\t")
        count = rest.split("\t")[0].strip() or "1"
        if not word.strip() or line.startswith("# "):
            continue
        try:
            value = float(count)
        except ValueError:
            if number == 1:  # a header
                continue
            raise InputError(
                f"{count!r} is no count", at=Location(path, number), remedy="write WORD, a tab and its COUNT"
            ) from None
        word = word.strip().lower()
        found[word] = found.get(word, 0.0) + value
    return found


def _from_wordfreq(tag: str) -> dict[str, float]:
    try:
        import wordfreq
    except ImportError:
        raise InputError(
            f"--words {_WORDFREQ}{tag} needs the package wordfreq", remedy="pip install wordfreq"
        ) from None
    import logging

    logging.getLogger("wordfreq").setLevel(logging.ERROR)  # it tells of languages that stand in for others
    try:
        return {word: float(wordfreq.word_frequency(word, tag)) for word in wordfreq.top_n_list(tag, _MANY)}
    except LookupError as error:
        raise InputError(f"wordfreq has no words of {tag!r}", remedy="give a file of words") from error
