"""Generated Lithuanian text: prose with hardly a number in it, and text dense in numbers.

Sentences come from `prose.txt`, `dense.txt` and the samples of the repository. They are recombined into
lines, and their {slots} are filled with names, places, dates and numbers at random, so that hardly a line
occurs twice. The same seed gives the same text, byte for byte.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "data" / "samples" / "lt.txt"
KINDS = ("prose", "dense")

_SLOT = re.compile(r"\{(\w+)\}")
_WORD_SLOT = re.compile(r"\{(?:vm|vmg|vf|city\w*|day)\}")
_MARKED = re.compile(r"[\d{]|[A-ZĄČĘĖĮŠŲŪŽ]{2}|\w\.\s")
_NBSP = "\u00a0"


def _tables() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The lists of `words.txt`; each word as its forms."""
    found = {}
    for line in (HERE / "words.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, words = line.partition(": ")
            found[name] = tuple(tuple(word.split("/")) for word in words.split())
    return found


_WORDS = _tables()
# Numbers that go with a nominative plural, and numbers that go with a genitive plural.
_FEW = tuple(str(n) for n in range(2, 70) if n % 10 > 1 and not 10 < n < 20)
_MANY = tuple(str(n) for n in (*range(10, 21), 30, 40, 50, 60, 70, 80, 90))

Filler = Callable[[random.Random], str]


def _word(rng: random.Random, table: str, form: int = 0) -> str:
    return rng.choice(_WORDS[table])[form]


def _big(rng: random.Random) -> str:
    number = rng.choice((rng.randint(1000, 9999), rng.randint(10_000, 99_999), rng.randint(100_000, 999_999)))
    return f"{number:,}".replace(",", rng.choice((" ", " ", " ", _NBSP)))


def _person(rng: random.Random) -> str:
    return f"{_word(rng, 'men')} {_word(rng, 'surnames')}"


def _persons(rng: random.Random) -> str:
    return f"{_word(rng, 'men', 1)} {_word(rng, 'surnames', 1)}"


def _woman(rng: random.Random) -> str:
    return f"{_word(rng, 'women')} {_word(rng, 'womens-surnames')}"


def _phone(rng: random.Random) -> str:
    number = f"{rng.randint(0, 99_999):05}"
    return rng.choice((f"+370 6{rng.randint(10, 99)} {number}", f"8 6{rng.randint(10, 99)} {number}"))


def _account(rng: random.Random) -> str:
    return " ".join([f"LT{rng.randint(10, 99)}", *(f"{rng.randint(0, 9999):04}" for _ in range(4))])


def _score(low: int, high: int) -> Filler:
    return lambda rng: f"{rng.randint(low, high)}:{rng.randint(low, high)}"


def _whole(low: int, high: int, width: int = 1) -> Filler:
    return lambda rng: f"{rng.randint(low, high):0{width}}"


def _one_of(values: Sequence[str]) -> Filler:
    return lambda rng: rng.choice(values)


def _from(table: str, form: int = 0) -> Filler:
    return lambda rng: _word(rng, table, form)


_FILLERS: dict[str, Filler] = {
    "vm": _person,
    "vmg": _persons,
    "vf": _woman,
    "sur": _from("surnames"),
    "init": lambda rng: rng.choice("ABDGJKLMPRSTV") + ".",
    "city": _from("cities", 0),
    "cityg": _from("cities", 1),
    "cityacc": _from("cities", 2),
    "cityl": _from("cities", 3),
    "m": _from("months"),
    "day": _from("days"),
    "rom": _from("roman"),
    "cent": _one_of([forms[0] for forms in _WORDS["centuries"][:5]]),
    "cent2": _one_of([forms[0] for forms in _WORDS["centuries"][5:]]),
    "few": _one_of(_FEW),
    "many": _one_of(_MANY),
    "n": _whole(2, 99),
    "p": _whole(1, 9),
    "s": _whole(1, 300),
    "d": _whole(1, 14),
    "dhi": _whole(15, 28),
    "dd": _whole(1, 28, 2),
    "mm": _whole(1, 12, 2),
    "y": _whole(1918, 2026),
    "y2": _whole(1500, 1900),
    "y3": _whole(1320, 1500),
    "y4": _whole(1501, 1560),
    "h": _whole(7, 22),
    "mi": _whole(5, 59, 2),
    "ct": _whole(10, 99),
    "pct": _whole(5, 95),
    "tens": lambda rng: str(10 * rng.randint(1, 9)),
    "hund": _whole(100, 999),
    "hundred": lambda rng: "100",
    "big": _big,
    "dec": lambda rng: f"{rng.randint(0, 60)},{rng.randint(1, 9)}",
    "price": lambda rng: f"{rng.randint(0, 199)},{rng.randint(0, 99):02}",
    "score": _score(61, 109),
    "q": _score(11, 34),
    "goal": _score(0, 6),
    "set": _score(0, 7),
    "tel": _phone,
    "iban": _account,
    "zip": _whole(10_000, 99_999),
    "code": _whole(300_000_000, 309_999_999),
    "fl": lambda rng: f"{rng.choice(('BT', 'LH', 'SK', 'FR'))} {rng.randint(100, 999)}",
}


def _filled(sentence: str, rng: random.Random) -> str:
    def fill(slot: re.Match[str]) -> str:
        name = slot[1]
        filler = _FILLERS.get(name) or _FILLERS[name.rstrip("2")]
        return filler(rng)

    text = _SLOT.sub(fill, sentence)
    return text[0].upper() + text[1:]


@lru_cache(maxsize=4)
def sentences(kind: str) -> tuple[str, ...]:
    """The sentences of `prose.txt` or `dense.txt`, slots unfilled."""
    lines = (HERE / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def samples() -> tuple[str, ...]:
    """The lines of the repository's sample text."""
    return tuple(SAMPLES.read_text(encoding="utf-8").splitlines())


def _is_plain(sentence: str) -> bool:
    """Whether the sentence holds nothing to write out: no digit, number slot, acronym or abbreviation."""
    return not _MARKED.search(_WORD_SLOT.sub("", sentence))


def _prose_line(rng: random.Random) -> str:
    """Two to four sentences; two lines in five hold a number, an abbreviation or an acronym."""
    every = sentences("prose")
    plain, marked = _split(every)
    picked = [rng.choice(plain) for _ in range(rng.randint(2, 4))]
    if rng.random() < 0.4:
        picked[rng.randrange(len(picked))] = rng.choice(marked)
    if rng.random() < 0.02:
        return rng.choice(samples())
    return " ".join(_filled(sentence, rng) for sentence in picked)


@lru_cache(maxsize=2)
def _split(every: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    plain = tuple(sentence for sentence in every if _is_plain(sentence))
    return plain, tuple(sentence for sentence in every if not _is_plain(sentence))


def _dense_line(rng: random.Random) -> str:
    """One or two sentences full of numbers, often with sentences of prose around them."""
    if rng.random() < 0.08:
        return rng.choice(samples())
    dense, prose = sentences("dense"), sentences("prose")
    picked = [rng.choice(dense) for _ in range(rng.choice((1, 1, 2)))]
    while rng.random() < PROSE_SHARE:
        picked.insert(rng.randint(0, len(picked)), rng.choice(prose))
    return " ".join(_filled(sentence, rng) for sentence in picked)


PROSE_SHARE = 0.78  # sets the density: about 15,000 edits per MB
_LINES: dict[str, Callable[[random.Random], str]] = {"prose": _prose_line, "dense": _dense_line}


def lines(kind: str, size: int, seed: int = 1) -> list[str]:
    """Lines of text of a kind, `size` or a little more UTF-8 bytes with their line ends."""
    rng = random.Random(f"{kind}/{seed}")
    build, found, bytes_so_far = _LINES[kind], [], 0
    while bytes_so_far < size:
        line = build(rng)
        found.append(line)
        bytes_so_far += len(line.encode()) + 1
    return found


def text(kind: str, size: int, seed: int = 1) -> str:
    """The same as one text."""
    return "\n".join(lines(kind, size, seed)) + "\n"


def blocks(whole: str, size: int = 1 << 18) -> list[str]:
    """The text cut at line ends into blocks of about `size` UTF-8 bytes, as the CLI cuts it."""
    data = whole.encode()
    found, start = [], 0
    while start < len(data):
        end = data.rfind(b"\n", start, start + size) + 1 if start + size < len(data) else len(data)
        found.append(data[start : end or len(data)].decode())
        start = end or len(data)
    return found
