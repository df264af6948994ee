"""Concepts as JSON Lines: one object a line with `id`, `label`, and whatever else is known."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from textnorm.link.concept import SCOPES, SEEN, Alias, Concept
from textnorm.link.sources.reading import File


def read_jsonl(file: File) -> Iterator[Concept]:
    """The concepts in a file. Lines that are no objects, have no id, or are obsolete are skipped.

    `alias_meta` may say of an alias what scope it has, in which language it is, and with `case: s` that
    it counts only in its own case.
    """
    for number, line in file.lines():
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError:
            entry = None
        if not isinstance(entry, dict):
            file.skip("lines that are no JSON objects", number, line)
        elif not _text(entry.get("id")):
            file.skip("objects without an id", number, line)
        elif entry.get("status", "active") not in ("active", None):
            file.skip("obsolete concepts", number, line)
        else:
            yield _concept(entry, file, number)


def _concept(entry: Mapping[str, Any], file: File, number: int) -> Concept:
    metas = entry.get("alias_meta")
    metas = metas if isinstance(metas, dict) else {}
    lang = _text(entry.get("lang"))
    aliases = []
    for text in _texts(entry.get("aliases")):
        meta = metas.get(text)
        meta = meta if isinstance(meta, dict) else {}
        aliases.append(_alias(text, meta, lang, file, number))
    return Concept(
        _text(entry["id"]),
        _text(entry.get("label")),
        tuple(aliases),
        _texts(entry.get("alt_ids")),
        _texts(entry.get("xrefs")),
        _texts(entry.get("types")),
        lang,
    )


def _alias(text: str, meta: Mapping[str, Any], lang: str, file: File, number: int) -> Alias:
    scope = _text(meta.get("scope")) or "exact"
    cased = meta.get("case") == "s"
    if scope == "abbrev":
        scope, cased = "exact", True
    elif scope not in SCOPES:
        file.skip("unknown scopes, taken as related", number, scope)
        scope = "related"
    seen = meta.get("seen")
    seen = seen if isinstance(seen, int) and 0 < seen < SEEN else 0
    return Alias(text, scope, _text(meta.get("lang")) or lang, cased, seen)


def dump(concept: Concept) -> str:
    """A concept as a line that `read_jsonl` reads; what is empty or goes without saying is left out."""
    metas = {alias.text: _meta(alias, concept.lang) for alias in concept.aliases}
    entry = {
        "id": concept.id,
        "label": concept.label,
        "aliases": [alias.text for alias in concept.aliases],
        "alt_ids": concept.alt_ids,
        "xrefs": concept.xrefs,
        "types": concept.types,
        "lang": concept.lang,
        "alias_meta": {text: meta for text, meta in metas.items() if meta},
    }
    return json.dumps({key: value for key, value in entry.items() if value}, ensure_ascii=False)


def _meta(alias: Alias, lang: str) -> dict[str, Any]:
    """What is to be said of an alias."""
    found: dict[str, Any] = {"scope": alias.scope} if alias.scope != "exact" else {}
    if alias.cased:
        found["case"] = "s"
    if alias.lang != lang:
        found["lang"] = alias.lang
    return found | ({"seen": alias.seen} if alias.seen else {})


def _text(value: object) -> str:
    """A value as one line of text; numbers are written out, other things are none."""
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(text for one in values if (text := _text(one)))
