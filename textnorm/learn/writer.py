"""Writes what was learned as a pack: YAML files and tables that load, are linted and can be edited."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import regex

from textnorm.evaluate.aligned import Sentence
from textnorm.learn.examples import (
    Examples,
    capital_examples,
    squeeze_examples,
    table_examples,
    with_examples,
)
from textnorm.learn.parts import CLASS, Learned, Rewrite, Tables, known_before, start_pattern
from textnorm.pack.spec.names import NAMESPACE

_ID = regex.compile(r"[^a-z0-9]+")


def pack_name(text: str) -> str:
    """A name for a pack that is like a text: letters, digits and hyphens."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text)
    name = "-".join(filter(None, plain.split("-")))
    if not name[:1].isalpha():
        name = f"learned-{name}".rstrip("-")
    assert NAMESPACE.fullmatch(name)
    return name


def write_pack(
    learned: Learned, folder: Path, name: str, doc: str, sentences: Sequence[Sentence], report: str = ""
) -> None:
    """Write the pack called `name` into a folder, which is made if it is not there.

    `sentences` are those that it was learned from; lines of examples are taken from them. `report` is put
    beside it as evaluation.tsv.
    """
    files = _files(learned, name, sentences)
    folder.mkdir(parents=True, exist_ok=True)
    for file, (_, text) in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    (folder / "pack.yaml").write_text(_manifest(name, doc, files), encoding="utf-8")
    if report:
        (folder / "evaluation.tsv").write_text(report, encoding="utf-8")
    data = folder / "data" / name
    data.mkdir(parents=True, exist_ok=True)
    for table, (columns, rows) in Tables(learned, name).rows().items():
        kept = [row for row in rows if _writable(row)]
        lines = ["\t".join(columns), *("\t".join(row) for row in kept)]
        (data / f"{table}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _writable(row: Sequence[str]) -> bool:
    """Whether a row can stand in a table."""
    line = "\t".join(row)
    return (
        unicodedata.is_normalized("NFC", line)
        and line[:2] != "# "
        and line.count("\t") == len(row) - 1
        and not regex.search(r"[\p{Cc}--\t\p{Zl}\p{Zp}]", line, regex.V1)
        and bool(line)
    )


_Keys = list[tuple[str, "str | Sequence[str]"]]
_TOKENS: _Keys = [("word", ["tokens"]), ("match_case", "follow")]
_TABLES = {  # in the order of their passes; rewrites come after the first
    "lexicon": "Tokens with their most frequent normal forms; contexts come first, each by its count.",
    "accents": "Known words that are typed without their accents.",
    "names": "Words that have a capital wherever they stand.",
}
_Files = dict[str, tuple[str, str]]  # name → kind of the stage, and text


def _files(learned: Learned, name: str, sentences: Sequence[Sentence]) -> _Files:
    """The files of the passes, in their order."""
    passes = dict(learned.passes())
    files: _Files = {}
    if learned.lower:
        examples = capital_examples(passes["lower"], sentences)
        keys = [("make", "lower"), ("only", learned.lower), ("known", [f"{name}/capitalized"])]
        doc = "Words that lose their capitals, as they mostly do in the pairs."
        files["lower.yaml"] = "case", _file("case", f"{name}.lower", doc, keys, examples, "lower")
    if learned.squeezed:
        doc = "Letters written several times, where that leads to a word that is known."
        known = known_before(name)
        text = _file("words", f"{name}.squeeze", doc, [*_TOKENS, ("apply", "first"), ("known", known)])
        found = squeeze_examples(learned)
        lines = [_squeeze(one, number, known, found[one]) for number, one in enumerate(learned.squeezed, 1)]
        files["squeeze.yaml"] = "words", text + "rewrites:\n" + "".join(lines)
    for table, doc in _TABLES.items():
        if table == "accents" and learned.rewrites:
            files |= _rewrite_files(learned, name)
        if table in passes:
            items: _Keys = [("table", f"{name}/{table}"), ("column", "normal"), *_TOKENS]
            if table == "lexicon":
                items.append(("contexts", f"{name}/contexts"))
            text = _file("words", f"{name}.{table}", doc, items, table_examples(learned, table), table)
            files[f"{table}.yaml"] = "words", text
    if learned.starts:
        examples = capital_examples(passes["capitals"], sentences)
        keys = [("make", "capital"), ("before", start_pattern(learned.starts))]
        doc = f"Capitals at the start of sentences: after {', '.join(learned.starts)}."
        text = _file("case", f"{name}.capitals", doc, keys, examples, "capitals")
        files["capitals.yaml"] = "case", text
    return files


def _squeeze(rewrite: tuple[str, str], number: int, known: Sequence[str], examples: Examples) -> str:
    """A pattern of repeated letters as an entry of a list."""
    match, to = rewrite
    times = "three times or more" if match.endswith("{2,}") else "twice or more"
    lines = [
        f"  - id: s{number}",
        f"    doc: A letter written {times} counts {'once' if to.count('1') == 1 else 'twice'}.",
        f"    match: {_quoted(match)}",
        f"    to: {_quoted(to)}",
        f"    into: [{', '.join(known)}]",
    ]
    return "\n".join(lines) + "\n" + _tests(examples, "squeeze", "    ")


def _rewrite_files(learned: Learned, name: str) -> _Files:
    """A file for the rewrites of tokens with digits, and one for all others."""
    found = with_examples(learned)
    files: _Files = {}
    for digits, kind in ((True, "doubling"), (False, "rewrites")):
        chosen = [item for item in found if item[0].digits == digits]
        if not chosen:
            continue
        doc = "Rewrites of words that were not seen, the most precise first; counts are of words held back."
        keys: list[tuple[str, str | Sequence[str]]] = [
            ("apply", "first"),
            ("word", ["tokens", "digits"] if digits else ["tokens"]),
            ("match_case", "follow"),
            ("known", [f"{name}/words"]),
        ]
        if learned.together > 1:
            keys.append(("together", str(learned.together)))
        lines = [_file("words", f"{name}.{kind}", doc, keys), "rewrites:\n"]
        for number, (one, examples) in enumerate(chosen, 1):
            lines.append(_rewrite(one, number, name, examples))
        files[f"{kind}.yaml"] = "words", "".join(lines)
    return files


def _rewrite(one: Rewrite, number: int, name: str, examples: Examples) -> str:
    """One rewrite as an entry of a list."""
    plain = unicodedata.normalize("NFKD", one.match.lower())
    letters = _ID.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
    where = ", to known words" if one.into else ""
    precision = one.right / (one.right + one.needless + one.wrong)
    doc = (
        f'"{one.match}" to "{one.to}"{where}: {one.right} right, {one.needless} needless, {one.wrong} wrong'
        f" ({precision:.0%})."
    )
    lines = [
        f"  - id: r{number:03}{'-' if letters else ''}{letters}",
        f"    doc: {_quoted(doc)}",
        f"    match: {_quoted(one.match)}",
        f"    to: {_quoted(one.to)}",
    ]
    if one.into:
        lines.append(f"    into: [{name}/words, {name}/listed]")
    if one.spares:
        lines.append(f"    known: [{name}/listed]")
    return "\n".join(lines) + "\n" + _tests(examples, "rewrites", "    ")


def _file(
    kind: str,
    namespace: str,
    doc: str,
    keys: Iterable[tuple[str, str | Sequence[str]]],
    examples: Examples | None = None,
    layer: str = "",
) -> str:
    """The text of a file up to its rules."""
    lines = [
        "format: 1",
        f"kind: {kind}",
        f"namespace: {namespace}",
        f"class: {CLASS}",
        f"doc: {_quoted(doc)}",
    ]
    for key, value in keys:
        shown = _quoted(value) if isinstance(value, str) else f"[{', '.join(value)}]"
        lines.append(f"{key}: {shown}")
    return "\n".join(lines) + "\n" + (_tests(examples, layer, "") if examples else "")


def _tests(examples: Examples, layer: str, indent: str) -> str:
    """Examples as the tests of an item, which run through its own layer."""
    lines = [f"{indent}tests:"]
    for text, after in (*examples.changing, *examples.staying):
        outcome = f"out: {_quoted(after)}" if after != text else "unchanged: true"
        lines.append(f"{indent}  - {{in: {_quoted(text)}, {outcome}, layers: [{layer}]}}")
    return "\n".join(lines) + "\n" if len(lines) > 1 else ""


def _manifest(name: str, doc: str, files: _Files) -> str:
    lines = [
        "format: 1",
        "kind: pack",
        f"name: {name}",
        "version: 0.1.0",
        f"doc: {_quoted(doc)}",
        "stages:",
    ]
    layers: dict[str, tuple[str, list[str]]] = {}
    for file, (kind, _) in files.items():
        layer = "rewrites" if file == "doubling.yaml" else file.removesuffix(".yaml")
        layers.setdefault(layer, (kind, []))[1].append(file)
    for layer, (kind, names) in layers.items():
        lines.append(f"  - {{stage: {kind}, layer: {layer}, files: [{', '.join(names)}]}}")
    return "\n".join([*lines, f"classes: [{CLASS}]"]) + "\n"


def _quoted(text: str) -> str:
    """A text as a YAML scalar on one line."""
    return "'" + text.replace("'", "''") + "'"
