"""What holds for every pack that ships: the engine knows no language, and the data are sound."""

from __future__ import annotations

import ast
import io
import tokenize
import unicodedata
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

import textnorm
from textnorm.normalizer import Normalizer
from textnorm.pack.lint import lint
from textnorm.pack.load import load_pack
from textnorm.pack.model import Pack
from textnorm.pack.places import data_dir, rules_dir
from textnorm.pack.tables import read_table

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*(ROOT / "textnorm").rglob("*.py"), *(ROOT / "cli").rglob("*.py")])
TABLES = sorted(path for name in textnorm.languages() for path in (data_dir() / name).rglob("*.tsv"))
LITHUANIAN = frozenset("ąčęėįšųūž")
# Tables in which an entry has several rows, and the columns that tell these apart.
SEVERAL_ROWS = {
    "ur-Latn/contexts": ("word", "before", "after"),
    "ur-Latn/correspondences": ("urdu", "latin", "place"),
    "ur-Latn/urdu_words": ("latin", "urdu"),
    "*/profile*": ("kind", "item"),
    "*/typed-*": ("clean", "typed", "where"),
    "jobs/abbreviations*": ("abbr", "before", "after"),
    "lt/verbs": ("words", "case", "sense"),
    "lt/irregular": ("lemma", "gender", "number"),
    "lt/prepositions": ("words", "case"),
}


def table_name(path: Path) -> str:
    """The table's name as packs write it."""
    return path.relative_to(data_dir()).with_suffix("").as_posix()


def docstring_lines(tree: ast.AST) -> Iterator[int]:
    """The lines that docstrings stand on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            text = node.body[0]
            yield from range(text.lineno, (text.end_lineno or text.lineno) + 1)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_engine_knows_no_lithuanian(path: Path) -> None:
    """No Lithuanian letter stands in the code, except in examples of docstrings."""
    source = path.read_text(encoding="utf-8")
    documented = set(docstring_lines(ast.parse(source)))
    found = [
        f"{path}:{token.start[0]}: {token.string}"
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if LITHUANIAN & set(token.string.lower()) and token.start[0] not in documented
    ]
    assert found == []


def test_rules_hold_no_python() -> None:
    """A pack is data: no file under rules/ can be run."""
    assert [path.name for path in rules_dir().rglob("*") if path.is_file() and path.suffix != ".yaml"] == []


@pytest.mark.parametrize("path", TABLES, ids=table_name)
def test_table_is_nfc_and_says_where_every_row_is_from(path: Path) -> None:
    """Every row of a table has a source, and all text is in NFC without stray spaces."""
    table = read_table(path, table_name(path))
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))
    assert "source" in table.columns
    source = table.column("source")
    assert [row for row in table.rows if not row[source]] == []
    assert [row for row in table.rows if any(cell != cell.strip(" \r") for cell in row)] == []


@pytest.mark.parametrize("path", TABLES, ids=table_name)
def test_table_lists_every_entry_once(path: Path) -> None:
    """No two rows of a table are about the same entry, or the second would be dead."""
    table = read_table(path, table_name(path))
    named = next((keys for pattern, keys in SEVERAL_ROWS.items() if fnmatch(table.name, pattern)), None)
    keys = [table.column(name) for name in named or table.columns[:1]]
    entries = Counter(tuple(row[key] for key in keys) for row in table.rows)
    assert [entry for entry, rows in entries.items() if rows > 1] == []


@pytest.mark.parametrize("path", sorted(rules_dir().rglob("*.yaml")), ids=lambda path: path.name)
def test_rule_files_are_nfc(path: Path) -> None:
    """Rules are written in the form to which text is brought before they see it."""
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("name", textnorm.languages())
def test_ids_are_unique_and_begin_with_the_pack(name: str, packs: dict[str, Pack]) -> None:
    """An id names one rule and tells its pack: this one, or the one below it that has the file."""
    items = [item for stage in packs[name].stages for item in stage.items]
    assert [item for item, times in Counter(item.id for item in items).items() if times > 1] == []
    assert [item.id for item in items if not item.id.startswith(f"{Path(item.at.file).parent.name}.")] == []


@pytest.mark.parametrize("name", textnorm.languages())
def test_every_rule_compiles_under_every_option(name: str, packs: dict[str, Pack]) -> None:
    """Conditions, cues and templates of all rules are sound whatever style is chosen."""
    pack = packs[name]
    layers = [f"+{stage.layer}" for stage in pack.stages]
    rounds = max((len(option.values) for option in pack.options.values()), default=1)
    for turn in range(rounds):  # every value of every option comes up
        chosen = {name: option.values[turn % len(option.values)] for name, option in pack.options.items()}
        for rule in Normalizer.from_pack(pack, options=chosen, layers=layers).rules():
            rule.prepare()


@pytest.mark.parametrize("name", textnorm.languages())
def test_no_rule_is_tried_at_every_word(name: str, packs: dict[str, Pack]) -> None:
    """A scan can look for what each rule begins with; one that may begin with anything slows all text."""
    layers = [f"+{stage.layer}" for stage in packs[name].stages]
    rules = Normalizer.from_pack(packs[name], layers=layers).rules()
    assert [rule.id for rule in rules if rule.anchored and not rule.shape.scan] == []


@pytest.mark.parametrize("name", textnorm.languages())
def test_lint_finds_no_error(name: str) -> None:
    """Shipped packs pass the lint that users run over their own."""
    errors = [str(finding) for finding in lint(load_pack(name)) if finding.severity == "error"]
    assert errors == []
