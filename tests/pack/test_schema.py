from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from textnorm.pack.places import rules_dir
from textnorm.pack.schema import rules_schema

from .conftest import PACK, WORDS
from .test_load import FILES as PACK_FILES


def valid(tree: Any) -> bool:
    """Whether the schema accepts a tree."""
    return bool(jsonschema.Draft202012Validator(rules_schema()).is_valid(tree))


def test_the_schema_is_a_schema() -> None:
    """It follows the draft it names."""
    jsonschema.Draft202012Validator.check_schema(rules_schema())


@pytest.mark.parametrize(
    "text", [PACK, WORDS, *(t for n, t in PACK_FILES.items() if not n.startswith("data"))]
)
def test_what_loads_is_valid(text: str) -> None:
    """Editors read plain YAML, with its numbers and booleans; the schema allows for that."""
    assert valid(yaml.safe_load(text))


@pytest.mark.parametrize(
    "path", sorted(rules_dir().glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_packs_that_ship_are_valid(path: Path) -> None:
    """The schema accepts every file of ours."""
    tree = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    found = [f"{'/'.join(map(str, e.path))}: {e.message}" for e in _errors(tree)]
    assert found == []


def _errors(tree: Any) -> list[Any]:
    return list(jsonschema.Draft202012Validator(rules_schema()).iter_errors(tree))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: rules", "kind: rule"),
        ("match: 'km'", "mach: 'km'"),
        ("match: 'km'", "match: [km]"),
        ("match: 'km'", "match: km\n    when: {calender: [y]}"),
        ("match: 'km'", "match: km\n    resolve: [{iz: gen}]"),
        ("unchanged: true", "unchanged: maybe"),
        ("    say: 'kilometres'\n", ""),
    ],
)
def test_what_the_loader_refuses_is_invalid(old: str, new: str) -> None:
    """Misspelt keys, wrong shapes and missing keys show up in the editor."""
    assert not valid(yaml.safe_load(WORDS.replace(old, new)))


def test_a_rule_that_extends_may_leave_keys_out() -> None:
    """Only id and doc are its own; lists may be edited."""
    head = WORDS[: WORDS.index("  - id:")]
    assert valid(yaml.safe_load(head + "  - {id: a, doc: b, extends: c.d, tags+: [e]}\n"))
