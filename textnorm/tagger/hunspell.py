"""Words from a Hunspell dictionary: its entries with the affixes that the words of a text are made with.

A dictionary of a language with many endings makes hundreds of millions of forms, most of which nobody
writes. Only affixes that a sample of the language shows again and again are put on, and of the forms a
part is taken, decided by what is typed for each, so that words that are typed alike come together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import regex

from textnorm.errors import Location, PackError
from textnorm.memo import Memo
from textnorm.tagger.letters import Letters

_SHOWN = 15  # words of the sample that show an affix in use
_SHARE = 0.004  # of the forms that a suffix makes
_LONGEST = 17  # letters
_SEEN = 9  # letters of a word that conditions of affixes look at, at most


class Affix(NamedTuple):
    """What is taken off a word and put on it, if the word fits the condition."""

    flag: str
    strip: str
    add: str
    condition: regex.Pattern[str]


class Dictionary:
    """The entries of a `.dic` file with flags of one letter, and the affixes of the `.aff` file beside it."""

    def __init__(self, path: Path) -> None:
        rules = path.with_suffix(".aff")
        self._suffixes = dict[str, list[Affix]]()
        self._prefixes = dict[str, list[Affix]]()
        for line in _lines(rules):
            if affix := _affix(line):
                kind = self._suffixes if line.startswith("SFX") else self._prefixes
                kind.setdefault(affix.flag, []).append(affix)
        self._fitting = Memo(self._fit, 1_000_000)
        self._entries = [
            (word.lower(), (flags.split() or [""])[0])
            for word, _, flags in (line.partition("/") for line in _lines(path)[1:])
            if word.isalpha()
        ]

    def words(self, sample: Collection[str], letters: Letters, count: int) -> list[str]:
        """About `count` forms, half of them without a prefix, made with affixes that the sample shows."""
        self._keep_used(sample)
        bare = {form for word, flags in self._entries for _, form in self._bare(word, flags)}
        prefixed = sum(1 for word, flags in self._entries for _ in self._with_prefix(word, flags))
        typed = {plain for plain in map(letters.plain, bare) if _is_in(count / 2 / len(bare), plain)}
        share, taken = count / 2 / max(prefixed, 1), set[str]()
        for word, flags in self._entries:
            for _, form in self._with_prefix(word, flags):
                plain = letters.plain(form)
                if plain in typed or _is_in(share, plain):
                    typed.add(plain)
                    taken.add(form)
        taken.update(form for form in bare if letters.plain(form) in typed)
        return sorted(form for form in taken if len(form) <= _LONGEST)

    def _keep_used(self, sample: Collection[str]) -> None:
        """Forget the affixes that make too few words of the sample."""
        shown, made = Counter[Affix](), Counter[Affix]()
        for word, flags in self._entries:
            for affix, form in self._bare(word, flags):
                if affix:
                    made[affix] += 1
                    shown[affix] += form in sample
        used = {affix for affix, count in shown.items() if count >= max(_SHOWN, _SHARE * made[affix])}
        self._suffixes = _used(self._suffixes, used)
        self._fitting.clear()
        shown = Counter(
            affix
            for word, flags in self._entries
            for affix, form in self._with_prefix(word, flags)
            if form in sample
        )
        used = {affix for affix, count in shown.items() if count >= _SHOWN}
        self._prefixes = _used(self._prefixes, used)
        self._fitting.clear()

    def _bare(self, word: str, flags: str) -> Iterator[tuple[Affix | None, str]]:
        """The word itself and its forms with suffixes."""
        yield None, word
        for affix in self._fitting[flags, word[-_SEEN:], True]:
            yield affix, word[: len(word) - len(affix.strip)] + affix.add

    def _with_prefix(self, word: str, flags: str) -> Iterator[tuple[Affix, str]]:
        """The forms with prefixes, with and without suffixes."""
        if self._prefixes.keys().isdisjoint(flags):
            return
        for _, form in self._bare(word, flags):
            for affix in self._fitting[flags, form[:_SEEN], False]:
                yield affix, affix.add + form[len(affix.strip) :]

    def _fit(self, key: tuple[str, str, bool]) -> list[Affix]:
        """The affixes that words with these flags and this end (or start) take."""
        flags, edge, after = key
        affixes = self._suffixes if after else self._prefixes
        return [
            affix
            for flag in flags
            for affix in affixes.get(flag, ())
            if (edge.endswith(affix.strip) if after else edge.startswith(affix.strip))
            and affix.condition.search(edge)
        ]


def _used(affixes: dict[str, list[Affix]], kept: Collection[Affix]) -> dict[str, list[Affix]]:
    return {flag: [affix for affix in listed if affix in kept] for flag, listed in affixes.items()}


def _is_in(share: float, plain: str) -> bool:
    """Whether a typed word belongs to the share of words that is taken."""
    return crc32(plain.encode()) < share * (1 << 32)


def _affix(line: str) -> Affix | None:
    """The affix of a line of the `.aff` file; None if the line is something else."""
    cells = line.split()
    if len(cells) < 5 or cells[0] not in ("SFX", "PFX"):
        return None
    kind, flag, strip, add, condition = cells[:5]
    pattern = "" if condition == "." else f"{condition}$" if kind == "SFX" else f"^{condition}"
    return Affix(flag, strip.replace("0", ""), add.partition("/")[0].replace("0", ""), regex.compile(pattern))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = "cannot read this dictionary"
        raise PackError(
            f"{message}: {error}", at=Location(str(path)), remedy="a .dic and a .aff file in UTF-8"
        ) from None
