"""Gathers what a tagger learns from: files of text and words, and what a pack's grammar can make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from textnorm.evaluate.gold import read_gold
from textnorm.grammar.grammar import Grammar
from textnorm.pack.load import load_pack
from textnorm.stream.blocks import read_blocks
from textnorm.stream.codec import Codec
from textnorm.stream.lines import decode
from textnorm.stream.readers import open_source
from textnorm.tagger.examples import written_tokens
from textnorm.tagger.hunspell import Dictionary
from textnorm.tagger.letters import Letters
from textnorm.tagger.phrases import Clauses, Phrases
from textnorm.tagger.train import Sources


@dataclass(frozen=True, slots=True)
class Files:
    """Paths of texts, lists and a dictionary; the pack whose forms are listed, tables of it for phrases."""

    texts: Sequence[str]
    words: Sequence[str] = ()
    dictionary: str = ""
    dictionary_words: int = 0
    known: Sequence[str] = ()
    forms: str = ""
    governors: Sequence[str] = ()
    determiners: Sequence[str] = ()
    phrases: int = 0


def gather(
    files: Files, letters: Letters, foreign: set[str], codec: Codec, hold_back: int, seed: int
) -> tuple[Sources, list[str]]:
    """The sources, and every `hold_back`-th line of the texts, which training must not see."""
    texts, held = [], list[str]()
    for path in files.texts:
        lines = list(dict.fromkeys(line for line in _lines(path, codec) if letters.marked.intersection(line)))
        if Path(path).suffix != ".tsv":  # whose lines come in pairs
            held += lines[hold_back - 1 :: hold_back]
        texts.append(lines)
    unseen = set(held)
    texts = [[line for line in lines if line not in unseen] for lines in texts]
    words = [word for path in files.words for word in _lines(path, codec)]
    if files.dictionary:
        sample = {token for text in texts for line in text for token in written_tokens(line)}
        words += Dictionary(Path(files.dictionary)).words(sample, letters, files.dictionary_words)
    known = [word for path in files.known for word in _lines(path, codec)]
    phrases: list[str] = []
    if files.forms:
        pack = load_pack(files.forms, tests=False)
        grammar = Grammar(pack, {name: option.default for name, option in pack.options.items()})
        tables = [pack.lexicons[name] for name in files.governors]
        known += sorted({*_forms(grammar), *(row[0] for table in tables for row in table.rows)})
        agreeing = [pack.lexicons[name] for name in files.determiners]
        make = Phrases(grammar, tables, agreeing, Clauses.of(pack.grammar), seed)
        phrases = list(make(files.phrases)) if tables else []
    known = [word for word in known if word.isalpha() and word.islower()]
    typed = {letters.plain(word) for word in (*words, *known)}
    words += sorted(word for word in foreign if word.isalpha() and word not in typed)
    return Sources(texts, phrases, words, known), held


def _forms(grammar: Grammar) -> Iterator[str]:
    """All inflected forms of single words that the grammar's tables list."""
    if grammar.inflector is None:
        return
    for make in grammar.lexemes.load().values():
        for _, form in grammar.inflector.lexeme_forms(make()):
            yield form


def _lines(path: str, codec: Codec) -> Iterator[str]:
    """The lines of a file; of a gold set the inputs and the first of the outputs that are accepted."""
    if Path(path).suffix == ".tsv":
        for case in read_gold([path]):
            yield from dict.fromkeys((case.input, case.accepted[0]))
        return
    with open_source(path) as source:
        for block in read_blocks(source, codec):
            decoded = decode(block)
            if decoded.error:
                raise decoded.error
            yield from decoded.text.split("\n")
