"""The reference of commands and options in docs/cli.md, written from the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click
from textnorm.cli.main import main


def reference() -> str:
    """Every command with its arguments and options, as Markdown."""
    return "\n".join(_group(main, "textnorm", 2)) + "\n"


def walk(command: click.Command = main, path: str = "textnorm") -> Iterator[tuple[str, click.Command]]:
    """Every command below `command` with its full name, groups left out."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    ctx = click.Context(command, info_name=path)
    for name in command.list_commands(ctx):
        found = command.get_command(ctx, name)
        assert found is not None
        yield from walk(found, f"{path} {name}")


def options(command: click.Command) -> list[click.Option]:
    """The options of a command that its help page lists, `--help` left out."""
    return [param for param in command.params if isinstance(param, click.Option) and not param.hidden]


def _group(group: click.Group, path: str, level: int) -> Iterator[str]:
    ctx = click.Context(group, info_name=path)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        yield from _command(command, f"{path} {name}", level)
        if isinstance(command, click.Group):
            yield from _group(command, f"{path} {name}", level + 1)


def _command(command: click.Command, path: str, level: int) -> Iterator[str]:
    yield f"{'#' * level} `{path}`\n"
    yield inspect.cleandoc(command.help or "") + "\n"
    if isinstance(command, click.Group):
        return
    arguments = [_argument(param) for param in command.params if isinstance(param, click.Argument)]
    yield f"```text\n{' '.join([path, '[OPTIONS]', *arguments])}\n```\n"
    listed = options(command)
    if listed:
        yield "| option | meaning |"
        yield "|---|---|"
        for option in listed:
            yield f"| {_names(option)} | {_meaning(option)} |"
        yield ""


def _argument(param: click.Argument) -> str:
    if param.metavar:
        return param.metavar
    name = (param.name or "").upper() + ("..." if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def _names(option: click.Option) -> str:
    names = ", ".join(sorted([*option.opts, *option.secondary_opts], key=len))
    if option.is_flag:
        return f"`{names}`"
    if isinstance(option.type, click.Choice):
        return f"`{names}` {' '.join(f'`{choice}`' for choice in option.type.choices)}"
    return f"`{names} {option.metavar or option.type.name.upper()}`"


def _meaning(option: click.Option) -> str:
    notes = []
    if option.required:
        notes.append("required")
    if option.multiple:
        notes.append("may be repeated")
    if option.show_default and isinstance(option.default, str | int | float) and not option.is_flag:
        notes.append(f"default: `{option.default}`")
    text = " ".join((option.help or "").split()).replace("|", "\\|")
    return f"{text} ({'; '.join(notes)})" if notes else text
