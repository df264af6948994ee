"""How clean words get typed, estimated from pairs of what was typed and what was meant.

Three things are counted, as in the synthetic stage of ÚFAL at MultiLexNorm 2021 (arXiv 2110.15248,
section 4), but all from the pairs and none by hand: whole words and what they were typed as, edits of
a few letters with a letter of context on either side, and slips too rare for that.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

Token = tuple[str, str]
"""What was typed, and what was meant: nothing where it belongs to another token, or several words."""
Sentence = Sequence[Token]

_RAREST = 3  # an edit or word seen less often says nothing
_LONGEST = 3  # letters that one edit replaces
_START, _END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Noise:
    """Respells clean words as the pairs were typed.

    `words` has the forms in which a word was typed, itself among them, with counts; `edits` says of a
    few letters what becomes of the first ones (how many, what, probability); `slip` is the probability
    of any other edit of a letter, drawn from `letters`; `joined` that a space goes missing.
    Probabilities are raised to the power `strength`: below 1 there is more noise than in the pairs.
    """

    words: Mapping[str, Sequence[tuple[str, int]]]
    edits: Mapping[str, Sequence[tuple[int, str, float]]]
    slip: float
    joined: float
    letters: str
    strength: float = 1.0
    longest: int = field(default=_LONGEST + 2)

    def respell(self, word: str, draw: random.Random) -> str:
        """The word as it might be typed."""
        forms = self.words.get(word)
        if forms is not None:
            return draw.choices([form for form, _ in forms], [count for _, count in forms])[0]
        text, done, place = _START + word + _END, [], 0
        while place < len(text):
            before, after = self._edit(text, place, draw)
            done.append(after)
            place += len(before)
        typed = "".join(done).replace(_START, "").replace(_END, "")
        return typed or word

    def _edit(self, text: str, place: int, draw: random.Random) -> tuple[str, str]:
        """The stretch that starts here and what becomes of it."""
        for size in range(self.longest, 0, -1):
            before = text[place : place + size]
            for length, after, share in self.edits.get(before, ()) if len(before) == size else ():
                if draw.random() < share**self.strength:
                    return before[:length], after
        letter = text[place]
        if letter in (_START, _END) or draw.random() >= self.slip**self.strength:
            return letter, letter
        return letter, draw.choice(
            ("", letter * 2, draw.choice(self.letters), letter + draw.choice(self.letters))
        )

    def sentence(self, words: Sequence[str], draw: random.Random) -> list[Token]:
        """Clean words of a sentence as typed, each with what is meant."""
        tokens: list[Token] = []
        place = 0
        while place < len(words):
            some = words[place : place + 1 + (draw.random() < self.joined)]
            tokens.append(("".join(self.respell(word, draw) for word in some), " ".join(some)))
            place += len(some)
        return tokens


def estimate(sentences: Iterable[Sentence], strength: float = 1.0) -> Noise:
    """The noise in sentences of pairs."""
    pairs = Counter(token for sentence in sentences for token in sentence if token[0] and token[1])
    typed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    joined = 0
    for (raw, norm), count in sorted(pairs.items()):
        if " " in norm:
            joined += count
        else:
            typed[norm][raw] += count
    edits, left = _count_edits(typed)
    letters = Counter(dict.fromkeys("e", 0))
    for norm, forms in typed.items():
        for letter in norm:
            letters[letter] += forms.total()
    return Noise(
        words={norm: sorted(forms.items()) for norm, forms in typed.items() if _telling(norm, forms)},
        edits=edits,
        slip=left / max(1, letters.total()),
        joined=joined / max(1, pairs.total()),
        letters="".join(letter for letter, _ in letters.most_common(60) if letter.isalpha()),
        strength=strength,
    )


def _count_edits(
    typed: Mapping[str, Counter[str]],
) -> tuple[dict[str, list[tuple[int, str, float]]], int]:
    """Edits with their shares, and how many edits were too rare to be listed.

    An edit is listed with a letter on both sides where it was seen often enough there, and without
    where it was not.
    """
    near: Counter[tuple[str, str]] = Counter()
    for norm, forms in typed.items():
        for raw, count in forms.items():
            for edit in _edits(norm, raw):
                near[edit] += count
    bare: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, int, str], int] = {}
    left = 0
    for (before, after), count in near.items():
        if count >= _RAREST and len(before) <= _LONGEST + 2:
            found[before, len(before) - 1, after[:-1]] = count
        else:
            bare[before[1:-1], after[1:-1]] += count
    for (before, after), count in bare.items():
        if count >= _RAREST and 0 < len(before) <= _LONGEST:
            found[before, len(before), after] = count
        else:
            left += count
    seen = _occurrences({before for before, _, _ in found}, typed)
    table: defaultdict[str, list[tuple[int, str, float]]] = defaultdict(list)
    for (before, length, after), count in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        table[before].append((length, after, min(0.95, count / seen[before])))
    return dict(table), left


def _telling(norm: str, forms: Counter[str]) -> bool:
    """Whether a word was seen often enough, and in other forms, to go by what it was typed as."""
    return forms.total() >= _RAREST and forms[norm] < forms.total()


def _edits(norm: str, raw: str) -> Iterator[tuple[str, str]]:
    """The edits from a word to what was typed, each with a letter or an end of the word on both sides.

    >>> list(_edits("going", "goin"))
    [('ng\\x03', 'n\\x03')]
    """
    a, b = _START + norm + _END, _START + raw + _END
    for step in Levenshtein.opcodes(a, b):
        if step.tag != "equal":
            i, j = step.src_start, step.src_end
            yield a[i - 1 : j + 1], a[i - 1] + b[step.dest_start : step.dest_end] + a[j]


def _occurrences(wanted: set[str], typed: Mapping[str, Counter[str]]) -> Counter[str]:
    """How often each of some stretches stands in the words."""
    sizes = sorted({len(text) for text in wanted})
    seen: Counter[str] = Counter()
    for norm, forms in typed.items():
        text, count = _START + norm + _END, forms.total()
        for size in sizes:
            for place in range(len(text) - size + 1):
                if (part := text[place : place + size]) in wanted:
                    seen[part] += count
    return seen
