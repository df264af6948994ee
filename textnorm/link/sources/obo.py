"""OBO files, line by line: strict parsers refuse real releases over a blank in a cross-reference.

Source: OBO Flat File Format 1.2 and 1.4. Read are the `[Term]` stanzas and of each the tags `id`, `name`,
`synonym`, `alt_id`, `xref`, `namespace`, `is_obsolete` and `replaced_by`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from textnorm.link.concept import Alias, Concept
from textnorm.link.sources.reading import File

_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(\w*)(?:\s+([^\s\[]+))?')
_OLD_SYNONYM = re.compile(r"(exact|narrow|broad|related)_synonym")
# Types of synonyms, by the names that ontologies give them or by the terms of the OBO Metadata Ontology.
_SHORT = re.compile(r"(?i)abbreviation|acronym|OMO[:_]0003000|OMO[:_]0003012")
_DOUBTFUL = re.compile(r"(?i)ambiguous|deprecated|dubious|exclude|misspelling")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": " ", "W": " ", "t": " "}
_COMMENT = re.compile(r"(?<!\\)\s+!.*")
_SCOPES = frozenset({"EXACT", "NARROW", "BROAD", "RELATED"})
_FACTS = {"data-version": "version", "license": "licence", "remark": "licence"}
_LICENCE = re.compile(r"licen[cs]e", re.IGNORECASE)


@dataclass(slots=True)
class _Term:
    """A stanza while it is read."""

    line: int
    id: str = ""
    label: str = ""
    namespace: str = ""
    obsolete: bool = False
    aliases: list[Alias] = field(default_factory=list)
    alt_ids: list[str] = field(default_factory=list)
    xrefs: list[str] = field(default_factory=list)
    replaced_by: list[str] = field(default_factory=list)


def read_obo(file: File) -> Iterator[Concept]:
    """The terms of a file. An obsolete one is skipped; its id leads to the term that replaced it."""
    term: _Term | None = None
    other, default = False, ""  # in a stanza of another kind; the namespace of terms that name none
    replaced: list[Concept] = []  # for the end: a term may come after one that it replaces
    for number, line in file.lines():
        line = line.strip()
        if line.startswith("["):
            yield from _finished(term, file, default, replaced)
            other = line != "[Term]"
            term = None if other else _Term(number)
        elif term is not None:
            if line and not line.startswith("!"):
                _tag(term, line, file, number)
        elif not other:
            default = _header(line, file) or default
    yield from _finished(term, file, default, replaced)
    yield from replaced


def _finished(term: _Term | None, file: File, default: str, replaced: list[Concept]) -> Iterator[Concept]:
    """The concept in a complete stanza, if there is one; an obsolete one may add to `replaced`."""
    if term is None:
        return
    if not term.id:
        file.skip("terms without an id", term.line)
    elif term.obsolete:
        if term.replaced_by:
            file.skip("obsolete terms, replaced by others", term.line, term.id)
            replaced.append(Concept(term.replaced_by[0], "", alt_ids=(term.id, *term.alt_ids)))
        else:
            file.skip("obsolete terms", term.line, term.id)
    elif not term.label and not term.aliases:
        file.skip("terms without a name", term.line, term.id)
    else:
        types = tuple(filter(None, [term.namespace or default]))
        lists = tuple(term.aliases), tuple(term.alt_ids), tuple(term.xrefs)
        yield Concept(term.id, term.label, *lists, types)


def _tag(term: _Term, line: str, file: File, number: int) -> None:
    """Take in one line of a stanza."""
    tag, colon, value = line.partition(":")
    value = value.strip()
    if not colon or not value:
        file.skip("lines that are no TAG: VALUE", number, line)
    elif tag == "id":
        term.id = _id(value)
    elif tag == "name":
        term.label = _text(_COMMENT.sub("", value))
    elif tag == "synonym" or _OLD_SYNONYM.fullmatch(tag):
        _synonym(term, tag, value, file, number)
    elif tag == "alt_id":
        term.alt_ids.append(_id(value))
    elif tag in ("xref", "xref_analog"):
        _xref(term, value, file, number)
    elif tag == "namespace":
        term.namespace = _id(value)
    elif tag == "is_obsolete":
        term.obsolete = value.startswith("true")
    elif tag == "replaced_by":
        term.replaced_by.append(_id(value))


def _synonym(term: _Term, tag: str, value: str, file: File, number: int) -> None:
    found = _SYNONYM.match(value)
    if found is None:
        file.skip("synonyms that cannot be read", number, value)
        return
    old = _OLD_SYNONYM.fullmatch(tag)
    scope = old[1].upper() if old else found[2]
    if scope not in _SCOPES:
        scope = "RELATED"  # what the format says of a synonym without a scope
    if text := _text(found[1]):
        term.aliases.append(typed(Alias(text, scope.lower()), found[3] or ""))


def typed(alias: Alias, kind: str) -> Alias:
    """The name as the type of a synonym wants it: short forms keep their case, doubtful ones are related."""
    if _SHORT.search(kind):
        return alias._replace(cased=True)
    return alias._replace(scope="related") if _DOUBTFUL.search(kind) else alias


def _xref(term: _Term, value: str, file: File, number: int) -> None:
    """An id in another terminology; blanks in it are a fault that is common."""
    prefix, colon, rest = re.split(r'\s+["{!]', value)[0].partition(":")
    if prefix and colon and rest and " " not in prefix + rest:
        term.xrefs.append(_text(f"{prefix}:{rest}"))
    else:
        file.skip("cross-references that are no ids", number, value)


def _header(line: str, file: File) -> str:
    """Take in one line of the header; returns the default namespace if this is it."""
    tag, _, value = line.partition(":")
    value = value.strip()
    if tag == "property_value" and _LICENCE.search(value.split(" ")[0]):
        file.note("licence", re.sub(r"\s+xsd:\w+$", "", value.partition(" ")[2]).strip('"'))
    elif tag in _FACTS and (tag != "remark" or _LICENCE.search(value)):
        file.note(_FACTS[tag], value)
    return _id(value) if tag == "default-namespace" else ""


def _id(value: str) -> str:
    return value.split(" ", 1)[0]


def _text(value: str) -> str:
    """Text without escapes, in one line."""
    plain = _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), value)
    return " ".join(plain.split())
