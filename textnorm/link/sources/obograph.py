"""OBO Graphs: the JSON form of an ontology.

Source: the OBO Graphs schema (graphs, nodes, meta). Ids come as IRIs and leave as CURIEs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from textnorm.errors import InputError, Location
from textnorm.link.concept import Alias, Concept
from textnorm.link.sources.obo import typed
from textnorm.link.sources.reading import File

_IRI = re.compile(r".*/([A-Za-z][\w.]*)_(\w+)")
_SCOPE = re.compile(r"has(Exact|Narrow|Broad|Related)Synonym")
_ALT_ID, _NAMESPACE = "hasAlternativeId", "hasOBONamespace"
_REPLACED_BY = "IAO_0100001"


def read_obograph(file: File) -> Iterator[Concept]:
    """The classes of a file. An obsolete one is skipped; its id leads to the class that replaced it."""
    text = "\n".join(line for _, line in file.lines())
    try:
        graphs = json.loads(text)["graphs"]
    except (ValueError, KeyError, TypeError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        remedy = "the format is a JSON object with a list of graphs"
        raise InputError("this is no OBO graph", at=Location(file.path, line), remedy=remedy) from None
    replaced: list[Concept] = []  # for the end: a class may come after one that it replaces
    for graph in _mappings(graphs):
        meta = _meta(graph)
        file.note("version", file.version or str(meta.get("version") or ""))
        for value in _mappings(meta.get("basicPropertyValues")):
            if str(value.get("pred", "")).lower().endswith(("license", "rights")):
                file.note("licence", str(value.get("val", "")))
        for node in _mappings(graph.get("nodes")):
            yield from _concept(node, file, replaced)
    yield from replaced


def _concept(node: Mapping[str, Any], file: File, replaced: list[Concept]) -> Iterator[Concept]:
    id, label, meta = _curie(str(node.get("id") or "")), _text(node.get("lbl")), _meta(node)
    values = [
        (str(one.get("pred", "")), _text(one.get("val")))
        for one in _mappings(meta.get("basicPropertyValues"))
    ]
    if node.get("type", "CLASS") != "CLASS":
        file.skip("nodes that are no classes", 0, id)
    elif not id:
        file.skip("nodes without an id", 0, label)
    elif meta.get("deprecated") is True:
        others = [_curie(value) for pred, value in values if pred.endswith(_REPLACED_BY)]
        file.skip("obsolete terms, replaced by others" if others else "obsolete terms", 0, id)
        if others:
            replaced.append(Concept(others[0], "", alt_ids=(id,)))
    elif not label and not meta.get("synonyms"):
        file.skip("terms without a name", 0, id)
    else:
        yield Concept(
            id,
            label,
            tuple(_aliases(meta)),
            tuple(_curie(value) for pred, value in values if pred.endswith(_ALT_ID)),
            tuple(text for xref in _mappings(meta.get("xrefs")) if (text := _text(xref.get("val")))),
            tuple(value for pred, value in values if pred.endswith(_NAMESPACE)),
        )


def _aliases(meta: Mapping[str, Any]) -> Iterator[Alias]:
    for synonym in _mappings(meta.get("synonyms")):
        found = _SCOPE.search(str(synonym.get("pred", "")))
        if text := _text(synonym.get("val")):
            alias = Alias(text, found[1].lower() if found else "related")
            yield typed(alias, str(synonym.get("synonymType", "")))


def _meta(node: Mapping[str, Any]) -> Mapping[str, Any]:
    meta = node.get("meta")
    return meta if isinstance(meta, dict) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _curie(iri: str) -> str:
    found = _IRI.fullmatch(iri)
    return f"{found[1]}:{found[2]}" if found else iri


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
