"""A rule pack as typed, immutable data: what the loader hands to the engine.

A pack is a list of *stages*; a stage holds the content of the files it names. Conditions, cues and
templates stay in the form the author wrote (strings, mappings, lists): the loader has checked their
keys, and `textnorm.grammar` compiles them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from textnorm.errors import Location

Tree = Any  # str | list[Tree] | dict[str, Tree], as the strict YAML loader builds it


@dataclass(frozen=True, slots=True)
class TestCase:
    """An example beside a rule: `input` must become `output`."""

    __test__ = False  # keeps pytest from collecting it

    input: str
    output: str
    unchanged: bool
    known_failure: str
    options: Mapping[str, str]
    at: Location
    layers: tuple[str, ...] = ()  # none: those on by default, and that of the item
    fields: Mapping[str, str] | None = None  # what an edit of the item must have; None: not asked


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, the conditions under which it holds, and how the match is written out."""

    id: str  # namespace.name, e.g. "lt.date.ymd-long"
    doc: str
    cls: str
    match: str  # macros and lexicon references are still in it
    bounds: str
    priority: int
    tags: tuple[str, ...]
    ignore_case: bool
    trigger: str  # a pattern that the line must contain, for rules without a left bound
    ends_sentence: bool  # whether the match's last period may also end the sentence
    uncertain: bool  # whether it is a guess that the text is what the rule takes it for
    before: str
    after: str
    unless: Tree
    when: Tree
    resolve: Tree
    say: Tree  # '' if the rule marks
    mark: bool  # whether the text stays and the edit only says what it is
    fields: Mapping[str, str]  # templates of more fields of the edit
    write: Tree  # the written form for the inverse; '' if the rule does not run backwards
    macros: Mapping[str, str]
    tests: tuple[TestCase, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class CharEntry:
    """One character (or sequence) and what it becomes; names are checked against `unicodedata`."""

    source: str
    target: str
    at: Location
    position: tuple[str, ...] = ()  # of spec.characters.POSITIONS; () is anywhere
    run: bool = False  # any number of the source in a row
    before: str = ""
    after: str = ""

    @property
    def placed(self) -> bool:
        """Whether it depends on what stands around it."""
        return bool(self.position or self.run or self.before or self.after)


@dataclass(frozen=True, slots=True)
class Charmap:
    """A table of characters, applied in one simultaneous pass."""

    id: str
    doc: str
    cls: str
    entries: tuple[CharEntry, ...]
    declares: tuple[str, ...]
    words: str  # lexicon of words that the map may make alike; '' if there is none
    tags: tuple[str, ...]
    tests: tuple[TestCase, ...]
    at: Location
    option: Mapping[str, str] = field(default_factory=dict)  # values under which it is used
    skip: str = ""  # a pattern of stretches that are left alone
    lines: str = ""  # a pattern of the lines that are looked at; '' for all

    @property
    def placed(self) -> bool:
        """Whether it depends on more than the characters that it replaces."""
        return bool(self.skip or self.lines or any(entry.placed for entry in self.entries))


@dataclass(frozen=True, slots=True)
class LexiconMap:
    """Whole words replaced from a two-column table."""

    id: str
    doc: str
    cls: str
    table: str  # lexicon name, e.g. "lt/misspellings"
    column: str
    match_case: str  # "exact" or "follow": "follow" finds Capitalized and CAPS forms, keeping their case
    tags: tuple[str, ...]
    tests: tuple[TestCase, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Spelling:
    """Spellings of words and the one to use for each."""

    id: str
    doc: str
    cls: str
    table: str
    column: str
    keep: tuple[str, ...]  # lexicons of words of other languages
    names: tuple[str, ...]  # lexicons of names
    contexts: str  # table of spellings that several words share; '' if there is none
    like: str  # phonetic key for words that are not listed; '' if they stay
    short: str  # phonetic key for words with letters left out
    squeeze: bool  # drawn-out letters are shortened
    capitalized: str  # "replace" or "keep"
    tags: tuple[str, ...]
    tests: tuple[TestCase, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Spaces:
    """White-space repair: ids of the built-in repairs that a pack switches on."""

    id: str
    doc: str
    cls: str
    repairs: tuple[str, ...]  # collapse, trim, no-break
    tags: tuple[str, ...]
    tests: tuple[TestCase, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Unicode:
    """Unicode normalization form to which text is brought."""

    id: str
    doc: str
    cls: str
    form: str  # NFC, NFD or NFKC
    tags: tuple[str, ...]
    tests: tuple[TestCase, ...]
    at: Location
    exclude: tuple[str, ...] = ()  # characters that are taken apart all the same
    entries: tuple[CharEntry, ...] = ()  # a letter and a mark, and what they are composed to
    option: Mapping[str, str] = field(default_factory=dict)  # values under which it is used


@dataclass(frozen=True, slots=True)
class Case:
    """A change of letter case."""

    id: str
    doc: str
    cls: str
    keep: str  # a pattern of words that stay as they are; '' if none do
    tags: tuple[str, ...]
    tests: tuple[TestCase, ...]
    at: Location
    make: str = "folded"  # or lower, or capital
    only: str = ""  # a pattern of the tokens that change; '' if all do
    before: str = ""  # a pattern of what stands to the left of them
    known: tuple[str, ...] = ()  # lexicons of tokens that stay


@dataclass(frozen=True, slots=True)
class WordRewrite:
    """A rewrite of single words, by a pattern or from a table; those of a file work together."""

    id: str
    doc: str
    cls: str
    group: str  # namespace of the file
    match: str  # macros and lexicon references are still in it; '' if there is a table
    to: str
    table: str  # lexicon name; '' if there is a pattern
    column: str  # '' takes the listed words out
    exempt: str  # a pattern of words that stay as they are
    known: tuple[str, ...]  # lexicons of words that stay as they are
    into: tuple[str, ...]  # lexicons with all results that are accepted; () accepts any
    first: bool  # only the first rewrite of the file that is about a word counts
    follow: bool  # words are looked up in lower case, and keep theirs
    apostrophes: bool  # belong to a word
    digits: bool  # may be in a word
    macros: Mapping[str, str]
    tags: tuple[str, ...]
    tests: tuple[TestCase, ...]
    at: Location
    tokens: bool = False  # a word is what stands between blanks, less the punctuation around it
    contexts: str = ""  # lexicon of tokens with neighbours; '' if there is none
    together: int = 1  # how many rewrites may be made of one word where the first that fits is to count


@dataclass(frozen=True, slots=True)
class Restore:
    """How text typed in the script of another language is brought back to one's own."""

    id: str
    doc: str
    cls: str
    source: str  # the language whose script it was typed in
    map: tuple[str, ...]  # lexicon names of the script map, e.g. "ckb/typed-fa"
    model: str  # name of the model file, e.g. "ckb/restore"
    tagger: str  # name of the tagger that reads lines in place of the model; '' for none
    tagger_unless: Mapping[str, str]  # values of style options under which it does not
    letters: str  # the language's own letters
    margin: float  # nats by which a reading must beat the typed word
    evidence: float  # nats by which a line must be likelier as a respelled one than as a clean one
    tags: tuple[str, ...]
    tests: tuple[TestCase, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Transliterate:
    """How the words of a text are written in another script."""

    id: str
    doc: str
    cls: str
    to: str  # language tag of the result
    letters: str  # pattern of one letter of the source
    correspondences: str  # lexicon name
    source: str  # its columns
    target: str
    lists: tuple[str, ...]  # lexicons of words
    model: str
    given: str  # "target" or "source": what the probabilities of correspondences are conditional on
    trust: float
    marks: Mapping[str, str]
    tags: tuple[str, ...]
    tests: tuple[TestCase, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Fallback:
    """A model that is asked about single words, and the bounds within which its answers are taken."""

    id: str
    doc: str
    cls: str
    engine: str
    model: str  # name of the model file, e.g. "lt-ascii/restore"
    threshold: float | str | None  # natural logarithm; "model": as it says itself; None: no answer is taken
    letters: Mapping[str, str]  # letters as typed and those that each may stand for; {} for no such mask
    known: tuple[str, ...]  # lexicon names
    names: tuple[str, ...]
    protect: str
    skip: str
    skip_unless: Mapping[str, str]  # values of style options; {} for none
    foreign: tuple[str, ...]
    foreign_like: str
    own_like: str
    length: tuple[float, float]
    distance: int
    signs: str
    tags: tuple[str, ...]
    tests: tuple[TestCase, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Readings:
    """A model that chooses among the uncertain readings of the rules before it."""

    id: str
    doc: str
    model: str  # name of the model file, e.g. "lt/readings"
    margin: float | None  # natural logarithm; None: the first reading always stays
    tags: tuple[str, ...]
    tests: tuple[TestCase, ...]
    at: Location
    cls: str = ""  # edits are of the classes of their rules


Item = (
    Rule
    | Charmap
    | LexiconMap
    | Spelling
    | Spaces
    | Unicode
    | Restore
    | Transliterate
    | Case
    | WordRewrite
    | Fallback
    | Readings
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass over the text; all its items are of one kind and see the same text."""

    kind: str  # one of spec.manifest.STAGE_KINDS
    layer: str
    default: bool
    items: tuple[Item, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Option:
    """A style choice of the pack."""

    name: str
    values: tuple[str, ...]
    default: str
    doc: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A TSV table: `columns` from its header line, `rows` as tuples of the same width."""

    name: str  # "lt/months"
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    file: str

    def column(self, name: str) -> int:
        """Index of the column called `name`; raises ValueError if there is none."""
        return self.columns.index(name)


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything the engine needs to know of one language or domain."""

    name: str
    doc: str
    version: str
    stages: tuple[Stage, ...]
    classes: tuple[str, ...]  # conflict order
    options: Mapping[str, Option]
    grammar: Mapping[str, Tree]  # merged content of the pack's grammar files, key by key
    grammar_at: Mapping[str, Location]
    lexicons: Mapping[str, Lexicon] = field(default_factory=dict)
    linking: Mapping[str, Tree] = field(default_factory=dict)  # what its linking file says
    context: tuple[Mapping[str, Tree], ...] = ()  # what its context files say
    key: tuple[str, ...] | None = None  # layers of a comparison key; None: those on by default
    protected: tuple[str, ...] = ()  # letters that may not be folded into others
    digest: str = ""  # hash over the content of every file read
