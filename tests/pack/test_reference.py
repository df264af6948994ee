from __future__ import annotations

from pathlib import Path

from textnorm.pack.reference import markdown
from textnorm.pack.spec.conditions import PREDICATES
from textnorm.pack.spec.cues import CUES
from textnorm.pack.spec.files import FILES
from textnorm.pack.spec.rules import RULE


def test_the_reference_names_every_key() -> None:
    """Every kind of file, key, predicate and cue has its line."""
    text = markdown()
    for kind in (*FILES.values(), RULE, PREDICATES, CUES):
        for key in kind.keys:
            assert f"| `{key.name}` | " in text
    assert "## `kind: charmap`" in text


def test_the_reference_in_docs_is_up_to_date() -> None:
    """`textnorm rules schema --markdown > docs/rule-format.md` was run after the last change."""
    page = Path(__file__).parents[2] / "docs" / "rule-format.md"
    assert page.read_text(encoding="utf-8") == markdown()
