"""ClaML, the XML form of ICD-10 and its national versions.

Source: EN 14463 (Classification Markup Language) 2.0. A class is a concept; its preferred rubric is the
label, inclusions and index terms are narrower names. A modifier stands for a further digit of the codes of
a class and of all below it: each such code is a concept too, called by both names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree

from textnorm.link.concept import Alias, Concept
from textnorm.link.sources.reading import File
from textnorm.stream.blocks import BLOCK_SIZE
from textnorm.stream.readers import open_source

_SCOPES = {"preferred": "label", "preferredLong": "exact", "inclusion": "narrow", "index": "narrow"}
_CODED = "category"  # chapters and blocks hand modifiers down and have no digits of their own
_READ = frozenset({"Title", "Class", "ModifierClass"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class _Modified(NamedTuple):
    """A modifier of a class, and the few of its digits that are valid there, if not all."""

    modifier: str
    valid: frozenset[str]


class _Class(NamedTuple):
    """A class as it stands in the file."""

    code: str
    kind: str
    above: str
    names: tuple[Alias, ...]
    modified: tuple[_Modified, ...]
    excluded: frozenset[str]

    def label(self) -> Alias:
        return next((name for name in self.names if name.scope == "label"), Alias(""))


def read_claml(file: File) -> Iterator[Concept]:
    """The classes of a file, and those that modifiers make of them."""
    classes: dict[str, _Class] = {}
    digits: dict[str, list[tuple[str, Alias]]] = {}  # of each modifier: what is appended, its name
    prefix = ""
    for element in _elements(file):
        if element.tag == "Title":
            prefix = re.sub(r"\W", "", element.get("name", "")).upper()
            file.note("version", element.get("version", ""))
        elif element.tag == "ModifierClass":
            label = next((name for name in _names(element) if name.scope == "label"), None)
            if label is not None:
                modifier = element.get("modifier", "")
                digits.setdefault(modifier, []).append((element.get("code", ""), label))
        elif found := _class(element, file):
            classes[found.code] = found
    for one in classes.values():
        yield _concept(prefix, one.code, one.kind, one.names)
        for code, name in _modifications(one, classes, digits):
            if code not in classes:
                yield _concept(prefix, code, one.kind, (name,))


def _elements(file: File) -> Iterator[ElementTree.Element]:
    """The title, classes and classes of modifiers of a file, as far as it is well-formed."""
    parser: Any = ElementTree.XMLPullParser()
    with open_source(file.path) as source:
        try:
            while data := source.read(BLOCK_SIZE):
                parser.feed(data)
                yield from _complete(parser)
            parser.close()
        except ElementTree.ParseError as error:
            file.skip("XML that is not well-formed, and what follows it", error.position[0], str(error))
    yield from _complete(parser)


def _complete(parser: Any) -> Iterator[ElementTree.Element]:
    for _, element in parser.read_events():
        if element.tag in _READ:
            yield element
            element.clear()


def _class(element: ElementTree.Element, file: File) -> _Class | None:
    code, names = element.get("code", ""), tuple(_names(element))
    if not code or not names:
        file.skip("classes without a code or a name", 0, code)
        return None
    above = element.find("SuperClass")
    return _Class(
        code,
        element.get("kind", ""),
        above.get("code", "") if above is not None else "",
        names,
        tuple(
            _Modified(
                one.get("code", ""),
                frozenset(valid.get("code", "") for valid in one.iter("ValidModifierClass")),
            )
            for one in element.iter("ModifiedBy")
        ),
        frozenset(one.get("code", "") for one in element.iter("ExcludeModifier")),
    )


def _names(element: ElementTree.Element) -> Iterator[Alias]:
    for rubric in element.iter("Rubric"):
        scope = _SCOPES.get(rubric.get("kind", ""))
        for label in rubric.iter("Label") if scope else ():
            text = " ".join("".join(_text(label)).split())
            if scope and text:
                yield Alias(text, scope, label.get(_LANG, ""))


def _text(element: ElementTree.Element) -> Iterator[str]:
    """The text of a label without the codes that it refers to."""
    yield element.text or ""
    for inner in element:
        if inner.tag != "Reference":
            yield from _text(inner)
        yield inner.tail or ""


def _modifications(
    one: _Class, classes: Mapping[str, _Class], digits: Mapping[str, list[tuple[str, Alias]]]
) -> Iterator[tuple[str, Alias]]:
    """The codes that modifiers make of a class: a fourth digit comes after a dot, a fifth after a fourth."""
    made = [(one.code, one.label())] if one.kind == _CODED else []
    for modified in _inherited(one, classes):
        for code, name in list(made):
            for digit, label in digits.get(modified.modifier, ()):
                valid = not modified.valid or digit in modified.valid
                if valid and digit.startswith(".") != ("." in code):
                    longer = Alias(f"{name.text}: {label.text}", "label", name.lang)
                    made.append((code + digit, longer))
                    yield made[-1]


def _inherited(one: _Class, classes: Mapping[str, _Class]) -> list[_Modified]:
    """The modifiers of a class and of those above it, those that stand higher first."""
    found: list[_Modified] = []
    excluded: set[str] = set()
    at: _Class | None = one
    seen: set[str] = set()
    while at is not None and at.code not in seen:
        seen.add(at.code)
        excluded |= at.excluded
        found[:0] = [modified for modified in at.modified if modified.modifier not in excluded]
        at = classes.get(at.above)
    return found


def _concept(prefix: str, code: str, kind: str, names: tuple[Alias, ...]) -> Concept:
    """A class as a concept; its first label is the preferred one."""
    id = f"{prefix}:{code}" if prefix else code
    return Concept(id, "", names, types=(kind,) if kind else ())
