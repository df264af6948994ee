"""Learns a profile from text: counts of letters, n-grams and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from textnorm.detect.profile import COLUMNS, EDGE, ORDER, Profile
from textnorm.detect.script import Script, script, script_of

_RARE = 1e-6  # share of letters below which one is no letter of the language


@dataclass(slots=True)
class Counts:
    """What has been seen of a language so far."""

    script: Script
    letters: Counter[str] = field(default_factory=Counter)
    grams: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)

    def add(self, lines: Iterable[str]) -> None:
        """Count the words of some lines."""
        found: Counter[str] = Counter()
        for line in lines:
            found.update(self.script.words(line))
        for word, count in found.items():
            self._weigh(word, count)

    def have(self, letters: str) -> None:
        """Know that the language has these letters, however rare they were."""
        least = 1 + sum(self.letters.values()) // 10_000
        for letter in letters:
            self.letters[letter] = max(self.letters[letter], least)

    def _weigh(self, word: str, count: int) -> None:
        folded = self.script.fold(word)
        if not folded:
            return
        new = folded not in self.words
        self.words[folded] += count
        for letter in self.script.plain(word):
            self.letters[letter] += count
        if not new:
            return  # n-grams are for words that are not listed, and a rare word is like an unknown one
        text = f"{EDGE}{folded}{EDGE}"
        for size in range(1, ORDER + 1):
            for start in range(len(text) - size + 1):
                self.grams[text[start : start + size]] += 1


def count_lines(lines: Sequence[str]) -> Counts:
    """The counts of some lines, in the script that most of their letters are in."""
    counts = Counts(script(script_of("".join(lines[:1000])) or "Latn"))
    counts.add(lines)
    return counts


def learn(counts: Counts, language: str, orthography: str, grams: int, words: int) -> Profile:
    """The profile: all letters, the `grams` commonest n-grams and the `words` commonest words."""
    total = sum(counts.letters.values())
    letters = {letter: float(n) for letter, n in counts.letters.items() if n > _RARE * total}
    kept = {gram: float(n) for gram, n in counts.grams.items() if len(gram) == 1 and n > _RARE * total}
    longer = Counter({gram: n for gram, n in counts.grams.items() if len(gram) > 1 and n > 1})
    kept |= {gram: float(n) for gram, n in longer.most_common(grams)}
    listed = {word: float(n) for word, n in counts.words.most_common(words) if n > 2}
    return Profile(language, orthography, letters, kept, listed, sum(counts.words.values()))


def profile_table(profile: Profile, source: str, comments: Iterable[str]) -> str:
    """The profile as the text of its table, the commonest items first; comments say where it comes from."""
    rows = ["\t".join(COLUMNS), f"words\t\t{profile.seen:.10g}\t{source}"]
    kinds = (
        ("letter", profile.letters),
        ("word", profile.words),
        ("gram", profile.grams),
    )
    for kind, items in kinds:
        ordered = sorted(items.items(), key=lambda item: (-item[1], item[0]))
        rows += [f"{kind}\t{item}\t{count:.10g}\t{source}" for item, count in ordered]
    return "\n".join([*(f"# {comment}" for comment in comments), *rows]) + "\n"
