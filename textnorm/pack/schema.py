"""The file format as a JSON Schema (draft 2020-12), so that editors check and complete rule files.

It is written from `spec`, like the checks of the loader. The schema is the weaker of the two: it
cannot know whether a macro exists or whether a name fits a character.
"""

from __future__ import annotations

from typing import Any

from textnorm.pack.keys import Key, Kind
from textnorm.pack.spec.conditions import PREDICATES
from textnorm.pack.spec.cues import CUES
from textnorm.pack.spec.files import FILES
from textnorm.pack.spec.rules import RULE, SAYING, WRITING

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
# Editors read plain YAML, where an unquoted 12 is a number and `on` may be a boolean.
_SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}
_SIMPLE: dict[str, Schema] = {
    "text": {"type": ["string", "number", "boolean"]},
    "free": _SCALAR,
    "regex": _TEXT,
    "switch": {"enum": ["on", "off", True, False]},
    "integer": {"type": ["integer", "string"], "pattern": "^[+-]?[0-9]{1,9}$"},
    "texts": {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
    "pairs": {"type": "object", "additionalProperties": _SCALAR},
    "tree": {},
}


def rules_schema() -> Schema:
    """The schema for every kind of pack file; `kind:` decides which part of it applies."""
    kinds = list(FILES)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "textnorm rule pack files",
        "type": "object",
        "required": ["format", "kind"],
        "properties": {"kind": {"enum": kinds}},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
                "then": {"$ref": f"#/$defs/{name}-file"},
            }
            for name in kinds
        ],
        "$defs": {
            **{f"{name}-file": _kind(kind) for name, kind in FILES.items()},
            **{kind.name: _kind(kind) for kind in (PREDICATES, CUES, SAYING, WRITING)},
        },
    }


def _kind(kind: Kind) -> Schema:
    properties = {key.name: _key(key) for key in kind.keys}
    required = [key.name for key in kind.keys if key.required]
    schema: Schema = {
        "type": "object",
        "description": kind.doc,
        "properties": properties,
        "additionalProperties": False,
    }
    if kind is RULE:
        schema["patternProperties"] = {r"^[a-z_]+[+-]$": {"type": "array"}}
        needed = [name for name in required if name not in ("id", "doc")]
        schema["required"] = ["id", "doc"]
        ways = [{"required": [*needed, name]} for name in kind.one_of]
        schema["anyOf"] = [{"required": ["extends"]}, *ways]
    elif required:
        schema["required"] = required
    return schema


def _key(key: Key) -> Schema:
    schema = {**_shape(key), "description": key.doc}
    if key.default:
        schema["default"] = key.default
    return schema


def _shape(key: Key) -> Schema:
    if key.of is not None:
        inner = _kind(key.of)
        if key.shape == "part":
            return inner
        if key.shape == "named":
            return {"type": "object", "additionalProperties": inner}
        return {"type": "array", "items": inner}
    if key.choices:
        choices: Schema = {"enum": [value for choice in key.choices for value in _plain(choice)]}
        return choices if key.shape == "text" else {"type": "array", "items": choices}
    if key.shape == "conditions":
        ref = {"$ref": f"#/$defs/{PREDICATES.name}"}
        return {"anyOf": [ref, {"type": "array", "items": ref}]}
    if key.shape == "cues":
        return {"type": "array", "items": {"$ref": f"#/$defs/{CUES.name}"}}
    if key.shape in ("say", "write"):
        name = SAYING.name if key.shape == "say" else WRITING.name
        return {"anyOf": [_SCALAR, {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}]}
    return dict(_SIMPLE[key.shape])


def _plain(choice: str) -> list[Any]:
    """The value as written, and as plain YAML would read it."""
    if choice.isdecimal():
        return [choice, int(choice)]
    return [choice, True] if choice == "true" else [choice]
