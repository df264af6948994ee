"""`textnorm rules`: what rule authors need, for the packs that come along and for their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from textnorm.errors import InputError

if TYPE_CHECKING:
    from textnorm.pack.model import Item, Pack, Stage
    from textnorm.pack.testing import CaseResult

_LANG = click.option("--lang", metavar="TAG", help="Only this pack; all packs if left out.")
_RULES = click.option(
    "--rules",
    "folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True),
    help="Lay a folder of your own rules (or one file) over the pack.",
)


def _pack_options(function: Callable[..., Any]) -> Callable[..., Any]:
    return _LANG(_RULES(function))


@click.group()
def rules() -> None:
    """List, show, test and check rules, those of textnorm and your own."""


@rules.command("list")
@_pack_options
@click.option("--class", "cls", metavar="CLASS", help="Only rules of this semiotic class.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per rule.")
def list_rules(lang: str | None, folders: tuple[str, ...], cls: str | None, as_json: bool) -> None:
    """List rules: id, class, layer and what they do."""
    from textnorm.pack.testing import items_of

    for pack in _packs(lang, folders, tests=False):
        for stage, item in items_of(pack):
            if cls is not None and item.cls != cls:
                continue
            if as_json:
                row = {
                    "id": item.id,
                    "class": item.cls,
                    "layer": stage.layer,
                    "doc": item.doc,
                    "at": str(item.at),
                }
                click.echo(json.dumps(row, ensure_ascii=False))
            else:
                layer = stage.layer if stage.default else f"{stage.layer} (off)"
                click.echo(f"{item.id}\t{item.cls}\t{layer}\t{' '.join(item.doc.split())}")


@rules.command()
@click.argument("id")
@_pack_options
def show(id: str, lang: str | None, folders: tuple[str, ...]) -> None:
    """Show one rule: where it stands, its pattern written out, and how its examples come out."""
    from textnorm.pack.hints import near
    from textnorm.pack.testing import items_of, normalizers, run_tests

    known: list[str] = []
    for pack in _packs(lang, folders):
        for stage, item in items_of(pack):
            if item.id == id:
                _show(pack, stage, item)
                for result in run_tests(normalizers(pack), pack, [id]):
                    _print_result(result)
                return
            known.append(item.id)
    raise InputError(f'no rule is called "{id}"', remedy=near(id, known))


def _show(pack: Pack, stage: Stage, item: Item) -> None:
    from textnorm.pack.expand import expand
    from textnorm.pack.model import Charmap, Rule

    click.echo(f"{click.style(item.id, bold=True)}  {item.at}")
    click.echo(f"class {item.cls}, layer {stage.layer}{'' if stage.default else ' (off by default)'}")
    click.echo(" ".join(item.doc.split()))
    if isinstance(item, Rule):
        for key in ("match", "before", "after"):
            pattern = getattr(item, key)
            if pattern:
                click.echo(f"{key}: {expand(pattern, item.macros, pack.lexicons, item.at)}")
        for key in ("unless", "when", "resolve", "say"):
            if tree := getattr(item, key):
                click.echo(
                    f"{key}: {tree if isinstance(tree, str) else json.dumps(tree, ensure_ascii=False)}"
                )
    elif isinstance(item, Charmap):
        click.echo("map: " + " ".join(f"{entry.source}→{entry.target}" for entry in item.entries))


@rules.command()
@click.argument("ids", nargs=-1)
@_pack_options
@click.option("--coverage", is_flag=True, help="Fail also for rules that none of their own examples fires.")
@click.option("-v", "--verbose", is_flag=True, help="Print examples that pass, too.")
@click.pass_context
def test(
    ctx: click.Context,
    ids: tuple[str, ...],
    lang: str | None,
    folders: tuple[str, ...],
    coverage: bool,
    verbose: bool,
) -> None:
    """Run the examples beside the rules through the whole pack.

    IDS are rule ids, or patterns such as 'lt.date.*'; without any, all examples are run.
    """
    from textnorm.pack.testing import items_of, normalizers, run_tests, uncovered

    failed = known = total = 0
    silent: list[Item] = []
    matched = False
    for pack in _packs(lang, folders):
        matched = matched or any(True for _ in items_of(pack, ids))
        results = run_tests(normalizers(pack), pack, ids)
        if pack.context:
            from textnorm.link.annotate.context.examples import run_examples  # few packs have any

            said = run_examples(pack, ids)
            matched = matched or bool(said)
            results += said
        for result in results:
            if verbose or not result.ok:
                _print_result(result)
        total += len(results)
        failed += sum(not result.ok for result in results)
        known += sum(result.status == "known failure" for result in results)
        silent += uncovered(pack, results, ids) if coverage else []
    if ids and not matched:
        raise InputError(f"no rule is called {' or '.join(ids)}", remedy="see `textnorm rules list`")
    for item in silent:
        click.echo(f"{item.at}: {item.id}: none of its own examples fires it")
    summary = f"{total - failed - known} passed, {failed} failed, {_count(known, 'known failure')}"
    click.echo(summary + (f", {_count(len(silent), 'rule')} not covered" if coverage else ""))
    ctx.exit(1 if failed or silent else 0)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _print_result(result: CaseResult) -> None:
    case = result.case
    click.echo(f"{result.status.upper() if not result.ok else result.status}  {result.name}  {case.at}")
    click.echo(f"  in   {case.input}")
    click.echo(f"  out  {case.output}")
    if result.got != case.output:
        click.echo(f"  got  {result.got}")
    if not result.right_edits:
        wanted = "no mark" if case.fields is None else _fields(case.fields)
        click.echo(f"  want {wanted}, not {' | '.join(map(_fields, result.fields)) or 'no mark'}")
    if case.known_failure:
        click.echo(f"  why  {case.known_failure}")
    if not result.ok and result.rules:
        click.echo(f"  by   {', '.join(result.rules)}")


def _fields(fields: Mapping[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in fields.items()) or "an edit"


@rules.command()
@_pack_options
@click.pass_context
def lint(ctx: click.Context, lang: str | None, folders: tuple[str, ...]) -> None:
    """Check packs for faults that tests do not show: slow patterns, missing examples, tangled maps."""
    from textnorm.pack.lint import lint as check

    errors = warnings = 0
    for pack in _packs(lang, folders):
        for finding in check(pack):
            click.echo(str(finding))
            errors += finding.severity == "error"
            warnings += finding.severity == "warning"
    click.echo(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}")
    ctx.exit(1 if errors else 0)


@rules.command()
@click.option("--markdown", is_flag=True, help="Print the reference manual of the format instead.")
def schema(markdown: bool) -> None:
    """Print the JSON Schema of rule files, for editors."""
    if markdown:
        from textnorm.pack.reference import markdown as reference

        click.echo(reference(), nl=False)
        return
    from textnorm.pack.schema import rules_schema

    click.echo(json.dumps(rules_schema(), indent=2, ensure_ascii=False))


@rules.command()
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(["rules", "charmap", "pack"]),
    default="rules",
    show_default=True,
    help="What to start: a file of rules, a character map, or a whole pack.",
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    default=".",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write into.",
)
def new(name: str, kind: str, output: Path) -> None:
    """Start a pack or a rule file called NAME: commented, with examples, and working as it is."""
    from textnorm.pack.scaffold import scaffold

    for path in scaffold(name, kind, output):
        click.echo(str(path))


def _packs(lang: str | None, folders: Sequence[str], tests: bool = True) -> list[Pack]:
    """The packs a command is about: the one named, those that the user's folders build on, or all."""
    from textnorm.pack.load import load_pack, pack_names

    if lang is not None:
        names = [lang]
    elif folders:
        names = _names_of(folders)
    else:
        names = pack_names()
    return [load_pack(name, rules=folders, tests=tests) for name in names]


def _names_of(folders: Sequence[str]) -> list[str]:
    from textnorm.pack.sources import Files, user_sources

    manifests = [source.manifest for source in user_sources(folders, Files(tests=False))]
    names = [str(manifest["name"]) for manifest in manifests if manifest is not None]
    if not names:
        raise click.UsageError("--rules without a pack.yaml needs --lang, to know what to lay it over")
    return names[-1:]
