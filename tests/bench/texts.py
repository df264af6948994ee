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

# Nominative and genitive of first names and surnames.
_MEN = tuple(
    pair.split("/")
    for pair in (
        "Jonas/Jono Petras/Petro Tomas/Tomo Mantas/Manto Saulius/Sauliaus Linas/Lino Darius/Dariaus Rimas/Rimo "
        "Vytautas/Vytauto Algirdas/Algirdo Justas/Justo Lukas/Luko Paulius/Pauliaus Marius/Mariaus "
        "Karolis/Karolio Dovydas/Dovydo Andrius/Andriaus Giedrius/Giedriaus Kęstutis/Kęstučio Nerijus/Nerijaus"
    ).split()
)
_SURNAMES = tuple(
    pair.split("/")
    for pair in (
        "Kazlauskas/Kazlausko Petrauskas/Petrausko Jankauskas/Jankausko Stankevičius/Stankevičiaus "
        "Vasiliauskas/Vasiliausko Butkus/Butkaus Žukauskas/Žukausko Paulauskas/Paulausko Urbonas/Urbono "
        "Kavaliauskas/Kavaliausko Navickas/Navicko Ramanauskas/Ramanausko Šimkus/Šimkaus Grigas/Grigo "
        "Bagdonas/Bagdono Mažeika/Mažeikos Vaitkus/Vaitkaus Norkus/Norkaus Adomaitis/Adomaičio "
        "Balčiūnas/Balčiūno"
    ).split()
)
_WOMEN = tuple(
    (
        "Ona Rasa Eglė Aušra Ingrida Jūratė Daiva Lina Rūta Simona Gabija Ieva Asta Vilma Živilė Monika "
        "Kristina Greta Laima Birutė"
    ).split()
)
_WOMENS_SURNAMES = tuple(
    (
        "Kazlauskienė Petraitytė Jankauskaitė Stankevičienė Butkutė Žukauskienė Urbonaitė Navickienė "
        "Ramanauskaitė Šimkutė Grigaitė Bagdonienė Mažeikienė Vaitkutė Norkienė Adomaitytė Balčiūnienė "
        "Paulauskaitė Vasiliauskienė Kavaliauskaitė"
    ).split()
)
# Nominative, genitive, accusative, locative.
_CITIES = tuple(
    forms.split("/")
    for forms in (
        "Vilnius/Vilniaus/Vilnių/Vilniuje Kaunas/Kauno/Kauną/Kaune Klaipėda/Klaipėdos/Klaipėdą/Klaipėdoje "
        "Šiauliai/Šiaulių/Šiaulius/Šiauliuose Panevėžys/Panevėžio/Panevėžį/Panevėžyje "
        "Alytus/Alytaus/Alytų/Alytuje Marijampolė/Marijampolės/Marijampolę/Marijampolėje "
        "Utena/Utenos/Uteną/Utenoje Telšiai/Telšių/Telšius/Telšiuose Tauragė/Tauragės/Tauragę/Tauragėje "
        "Mažeikiai/Mažeikių/Mažeikius/Mažeikiuose Jonava/Jonavos/Jonavą/Jonavoje "
        "Kėdainiai/Kėdainių/Kėdainius/Kėdainiuose Plungė/Plungės/Plungę/Plungėje "
        "Palanga/Palangos/Palangą/Palangoje Biržai/Biržų/Biržus/Biržuose "
        "Rokiškis/Rokiškio/Rokiškį/Rokiškyje Zarasai/Zarasų/Zarasus/Zarasuose "
        "Varėna/Varėnos/Varėną/Varėnoje Kretinga/Kretingos/Kretingą/Kretingoje "
        "Šilutė/Šilutės/Šilutę/Šilutėje Ukmergė/Ukmergės/Ukmergę/Ukmergėje "
        "Prienai/Prienų/Prienus/Prienuose Visaginas/Visagino/Visaginą/Visagine"
    ).split()
)
_MONTHS = (
    "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio"
).split()
_DAYS = "pirmadienį antradienį trečiadienį ketvirtadienį penktadienį šeštadienį sekmadienį".split()
_ROMAN = "I II III IV V VI VII VIII IX X".split()
_CENTURIES = "XII XIII XIV XV XVI XVII XVIII XIX".split()
# Numbers that go with a nominative plural, and numbers that go with a genitive plural.
_FEW = tuple(str(n) for n in range(2, 70) if n % 10 > 1 and not 10 < n < 20)
_MANY = tuple(str(n) for n in (*range(10, 21), 30, 40, 50, 60, 70, 80, 90))

Filler = Callable[[random.Random], str]


def _big(rng: random.Random) -> str:
    number = rng.choice((rng.randint(1000, 9999), rng.randint(10_000, 99_999), rng.randint(100_000, 999_999)))
    return f"{number:,}".replace(",", rng.choice((" ", " ", " ", _NBSP)))


def _person(rng: random.Random) -> str:
    return f"{rng.choice(_MEN)[0]} {rng.choice(_SURNAMES)[0]}"


def _persons(rng: random.Random) -> str:
    return f"{rng.choice(_MEN)[1]} {rng.choice(_SURNAMES)[1]}"


def _woman(rng: random.Random) -> str:
    return f"{rng.choice(_WOMEN)} {rng.choice(_WOMENS_SURNAMES)}"


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


def _city(form: int) -> Filler:
    return lambda rng: rng.choice(_CITIES)[form]


_FILLERS: dict[str, Filler] = {
    "vm": _person,
    "vmg": _persons,
    "vf": _woman,
    "sur": lambda rng: rng.choice(_SURNAMES)[0],
    "init": lambda rng: rng.choice("ABDGJKLMPRSTV") + ".",
    "city": _city(0),
    "cityg": _city(1),
    "cityacc": _city(2),
    "cityl": _city(3),
    "m": _one_of(_MONTHS),
    "day": _one_of(_DAYS),
    "rom": _one_of(_ROMAN),
    "cent": _one_of(_CENTURIES[:5]),
    "cent2": _one_of(_CENTURIES[5:]),
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
