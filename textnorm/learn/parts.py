"""The parts of a learned pack, and the passes of the engine that they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, Protocol

from textnorm.document import Edit
from textnorm.engine.capitals import CapitalStage, LowerStage
from textnorm.engine.tokenwise import TokensStage
from textnorm.errors import Location
from textnorm.pack.model import Case, Lexicon, WordRewrite

HERE = Location("learned")
CLASS = "LEXNORM"
# What may stand before the first word of a sentence, by the names that reports use.
STARTS = {
    "line": r"^",
    "handles": r"^(?:[@#]\S+ +)+",
    "stop": r"(?<!\.)\. +",
    "question": r"[!?]+ +",
    "dots": r"(?:\.\.+|…) +",
    "colon": r": +",
}
CAPITALS = r"\p{Lu}[\p{Lu}\p{M}'’-]*\p{Lu}[\p{M}'’]*"  # a word in capitals only


class Entry(NamedTuple):
    """A token, its most frequent normal form, how often it had that, and how often it was seen."""

    word: str
    normal: str
    times: int
    seen: int


class ContextEntry(NamedTuple):
    """The same where a certain token stands before it, or after it."""

    word: str
    before: str
    after: str
    normal: str
    times: int
    seen: int


@dataclass(frozen=True, slots=True)
class Rewrite:
    """An induced rewrite of words.

    `into`: only to known words; `spares`: known words stay. `right`, `needless` and `wrong` are counts of
    what it does to tokens that were held back and not seen; `examples` are words with what they become.
    """

    match: str
    to: str
    into: bool
    spares: bool
    right: int
    needless: int
    wrong: int
    digits: bool = False
    examples: tuple[tuple[str, str], ...] = ()

    @property
    def precision(self) -> float:
        """Estimated share of right ones."""
        return precision(self.right, self.needless, self.wrong)


def precision(right: int, needless: int, wrong: int) -> float:
    """Share of right changes, with doubts where there are few; wrong ones spoil less than needless ones."""
    return right / (right + needless + 0.5 * wrong + 1)


class Pass(Protocol):
    """A pass of the engine."""

    def edits(self, text: str) -> list[Edit]:
        """The edits of a text."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Everything learned, part by part; empty parts make no pass."""

    lower: str = ""  # a pattern of the tokens that are written in lower case first
    squeezed: tuple[tuple[str, str], ...] = ()  # patterns of repeated letters, and what they become
    entries: tuple[Entry, ...] = ()
    contexts: tuple[ContextEntry, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    together: int = 1
    accents: tuple[tuple[str, str], ...] = ()  # known words without their accents, and with them
    names: tuple[Entry, ...] = ()  # words that have a capital wherever they stand
    starts: tuple[str, ...] = ()  # names of what sentences start after
    words: Mapping[str, int] = field(default_factory=dict)  # normal words and their counts
    listed: Mapping[str, float] = field(default_factory=dict)  # of a list that the user gave
    capitalized: tuple[str, ...] = ()  # tokens with capitals that are their own normal form

    def passes(self) -> list[tuple[str, Pass]]:
        """The passes of the engine by the names of their layers."""
        made: list[tuple[str, Pass]] = []
        tables = Tables(self)
        if self.lower:
            made.append(("lower", LowerStage(lower_item(self), tables.lexicons)))
        for name, items in (
            ("squeeze", squeeze_items(self)),
            ("lexicon", [lexicon_item()] if self.entries or self.contexts else []),
            ("rewrites", rewrite_items(self)),
            ("accents", [table_item("accents")] if self.accents else []),
            ("names", [table_item("names")] if self.names else []),
        ):
            if items:
                made.append((name, TokensStage(items, tables.lexicons, _as_it_is)))
        if self.starts:
            made.append(("capitals", CapitalStage(capital_item(self), tables.lexicons)))
        return made


@dataclass(frozen=True)
class Tables:
    """The lexicons of a learned pack."""

    learned: Learned
    pack: str = "learned"

    def name(self, table: str) -> str:
        """The full name of one of its lexicons."""
        return f"{self.pack}/{table}"

    @cached_property
    def lexicons(self) -> dict[str, Lexicon]:
        """All of them by their full names."""
        rows = self.rows()
        made = {}
        for table, (columns, cells) in rows.items():
            made[self.name(table)] = Lexicon(self.name(table), columns, cells, f"{table}.tsv")
        return made

    def rows(self) -> dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
        """Columns and rows of each lexicon."""
        learned = self.learned
        return {
            "lexicon": (("word", "normal", "count", "seen"), _cells(learned.entries)),
            "contexts": (("word", "before", "after", "normal", "count", "seen"), _cells(learned.contexts)),
            "accents": (("word", "normal"), learned.accents),
            "names": (("word", "normal", "count", "seen"), _cells(learned.names)),
            "words": (("word", "count"), _cells(learned.words.items())),
            "listed": (("word",), tuple((word,) for word in learned.listed)),
            "capitalized": (("word",), tuple((word,) for word in learned.capitalized)),
        }


def _cells(rows: Iterable[Iterable[object]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(str, row)) for row in rows)


def _as_it_is(pattern: str, macros: Mapping[str, str]) -> str:
    return pattern


def lexicon_item(pack: str = "learned") -> WordRewrite:
    """The table of words with its contexts, as the engine wants it."""
    names = {"table": f"{pack}/lexicon", "column": "normal", "contexts": f"{pack}/contexts"}
    return _words_item(f"{pack}.lexicon", **names)


def table_item(name: str, pack: str = "learned") -> WordRewrite:
    """Another table of words, as the engine wants it."""
    return _words_item(f"{pack}.{name}", table=f"{pack}/{name}", column="normal")


def squeeze_items(learned: Learned, pack: str = "learned") -> list[WordRewrite]:
    """The patterns of repeated letters, as the engine wants them."""
    known = known_before(pack)
    return [
        _words_item(
            f"{pack}.squeeze.{number}", match=match, to=to, known=known, into=known, group=f"{pack}.squeeze"
        )
        for number, (match, to) in enumerate(learned.squeezed)
    ]


def known_before(pack: str) -> tuple[str, ...]:
    """Lexicons of words that are known before the table of words is looked into."""
    return f"{pack}/lexicon", f"{pack}/words", f"{pack}/listed"


def rewrite_items(learned: Learned, pack: str = "learned") -> list[WordRewrite]:
    """The rewrites, as the engine wants them."""
    return [
        _words_item(
            f"{pack}.rewrites.{number}",
            match=one.match,
            to=one.to,
            known=(f"{pack}/words", *((f"{pack}/listed",) if one.spares else ())),
            into=(f"{pack}/words", f"{pack}/listed") if one.into else (),
            digits=one.digits,
            together=learned.together,
            group=f"{pack}.{'digits' if one.digits else 'rewrites'}",
        )
        for number, one in enumerate(learned.rewrites)
    ]


def lower_item(learned: Learned, pack: str = "learned") -> Case:
    """The change to lower case, as the engine wants it."""
    return Case(
        f"{pack}.lower", "-", CLASS, "", (), (), HERE, make="lower", only=learned.lower,
        known=(f"{pack}/capitalized",),
    )  # fmt: skip


def capital_item(learned: Learned, pack: str = "learned") -> Case:
    """The capitals at the start of sentences, as the engine wants them."""
    return Case(
        f"{pack}.capitals", "-", CLASS, "", (), (), HERE, make="capital", before=start_pattern(learned.starts)
    )  # fmt: skip


def start_pattern(names: Sequence[str]) -> str:
    """What may stand before the first word of a sentence, as a pattern."""
    return "|".join(STARTS[name] for name in names)


_BLANK = WordRewrite(
    "", "-", CLASS, "", "", "", "", "", "", (), (), True, True, False, False, {}, (), (), HERE, tokens=True
)  # fmt: skip


def _words_item(name: str, **keys: object) -> WordRewrite:
    return replace(_BLANK, id=name, **({"group": name} | keys))  # type: ignore[arg-type]
