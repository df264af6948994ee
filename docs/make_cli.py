"""Writes docs/cli.md from the help pages of all commands: python docs/make_cli.py"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from textnorm.cli.main import main

TARGET = Path(__file__).with_name("cli.md")
HEAD = """# The command line

Made from the help pages by `docs/make_cli.py`; do not edit.

`textnorm` reads lines and writes lines: text that no rule touches comes out byte for byte as it went in,
and a pipe that delivers line by line is answered line by line.

| exit code | meaning |
|---|---|
| 0 | done; also when the reader of a pipe has seen enough |
| 1 | `--check` or `--diff` found changes, or tests failed |
| 2 | an error in options, rules or input: one line on standard error says where and what to do |
| 130 | Ctrl-C; output ends at a line end, files are as they were |

## Configuration

Defaults come from `textnorm.toml`, or from `[tool.textnorm]` in `pyproject.toml`, in the working directory or
the closest one above it. Keys are the long names of the options of `textnorm normalize` (all but `output`
and `in-place`); paths in `rules` are relative to the file.

```toml
lang = "lt"
off = ["lt.roman.*"]
rules = ["norm/"]

[option]
dates = "definite"
```
"""


def manual() -> str:
    """The whole page."""
    with click.Context(main, info_name="textnorm", max_content_width=100, terminal_width=100) as ctx:
        return "\n".join([HEAD, *_pages(main, ctx)])


def _pages(command: click.Command, ctx: click.Context) -> Iterator[str]:
    """A section for the command, and those of its subcommands."""
    yield f"## {ctx.command_path}\n\n```text\n{command.get_help(ctx)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            inner = command.get_command(ctx, name)
            assert inner is not None
            with click.Context(inner, parent=ctx, info_name=name) as below:
                yield from _pages(inner, below)


if __name__ == "__main__":
    TARGET.write_text(manual(), encoding="utf-8")
