"""The `textnorm` program: finds the command, and turns every failure into one line and an exit code.

Commands are imported when they are called, so that `--help` and `normalize` start quickly.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from textnorm.errors import TextnormError
from textnorm.stream.interrupts import Stopped, handled

from .config import defaults_for

# Each command lives in the module of its name, under the attribute of its name.
COMMANDS = {
    "annotate": "Find mentions of concepts in documents.",
    "cluster": "Group the spelling variants among the words of a text.",
    "detect": "Say which language each line is in.",
    "eval": "Score a pack against a gold file.",
    "explain": "Show what changes in a text, and which rule did it.",
    "index": "Build and look into concept indexes, which strings are linked to.",
    "key": "Print a comparison key for each line.",
    "link": "Link strings to the concepts of a terminology.",
    "learn": "Learn a pack from pairs of texts and their normal forms.",
    "noise": "Respell clean text as it may be typed in another script.",
    "normalize": "Write out numbers, dates, abbreviations … line by line.",
    "rules": "List, show, test and check rules.",
    "train": "Build models from text.",
}
# Before click 8.2 a bare `textnorm` was no error.
_NO_ARGUMENTS: type[Exception] | tuple[()] = getattr(click.exceptions, "NoArgsIsHelpError", ())
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class LazyGroup(click.Group):
    """A group whose commands are imported at their first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands; nothing is imported."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called `cmd_name`, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f".{cmd_name}", __package__), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings=SETTINGS)
@click.version_option(package_name="textnorm", message="textnorm %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Normalize text by rules: a pack knows a language, every change has a reason.

    Defaults for options are read from textnorm.toml, or from [tool.textnorm] in pyproject.toml, in
    this directory or the closest one above it.
    """
    if ctx.invoked_subcommand and not {"-h", "--help"} & set(sys.argv):
        ctx.default_map = defaults_for(ctx.invoked_subcommand)


def run(argv: Sequence[str] | None = None) -> int:
    """The exit status of the program: 0 done, 1 changes or failures found, 2 an error, 130 Ctrl-C."""
    if "_TEXTNORM_COMPLETE" in os.environ:
        main(prog_name="textnorm")  # a shell asks for completions
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        with warnings.catch_warnings(), handled():
            warnings.showwarning = _warn
            return _guarded(arguments)
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except KeyboardInterrupt as stop:
        _complain("interrupted")
        return 128 + (stop.signum if isinstance(stop, Stopped) else 2)


def _guarded(arguments: list[str]) -> int:
    """Run the command; anything but success, a closed pipe and Ctrl-C becomes one line and exit code 2."""
    try:
        # Not main(): click would answer a closed pipe with 1 and Ctrl-C with an extra line.
        with main.make_context("textnorm", arguments) as ctx:
            main.invoke(ctx)
        if sys.stdout is not None:
            sys.stdout.flush()
        return 0
    except click.exceptions.Exit as end:
        if sys.stdout is not None:
            sys.stdout.flush()
        return end.exit_code
    except click.ClickException as error:
        if isinstance(error, _NO_ARGUMENTS):
            error.show()  # a bare `textnorm` gets the help page
        else:
            _complain(_usage_message(error))
        return 2
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:  # users get one line, whatever went wrong
        if os.environ.get("TEXTNORM_DEBUG"):
            raise
        _complain(_message(error))
        return 2


def _usage_message(error: click.ClickException) -> str:
    """The complaint in one line, with a pointer to the help page it is about."""
    message = error.format_message()
    if isinstance(error, click.UsageError) and error.ctx is not None:
        message = f"{message.rstrip('.')} (see {error.ctx.command_path} --help)"
    return message


def _message(error: Exception) -> str:
    """One line for any error; what is not ours to explain is named as a fault of the program."""
    if isinstance(error, TextnormError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    if isinstance(error, ModuleNotFoundError) and (extra := _extra_of(error.name or "")):
        return f"package {error.name!r} is not installed (pip install 'textnorm[{extra}]')"
    if isinstance(error, MemoryError):
        return "out of memory (fewer --jobs need less; a line must fit into memory)"
    return (
        f"internal error: {type(error).__name__}: {error} "
        "(please report it; TEXTNORM_DEBUG=1 shows where it happened)"
    )


def _extra_of(module: str) -> str:
    """The extra of textnorm that brings a package, by what its own metadata say; '' if none does."""
    from importlib import metadata

    with suppress(metadata.PackageNotFoundError):
        for line in metadata.requires("textnorm") or ():
            found = re.match(r"([\w.-]+).*;.*extra == [\"']([\w-]+)", line)
            if found and found[1].replace("-", "_") == module.partition(".")[0]:
                return found[2]
    return ""


def _complain(message: str) -> None:
    """Print `message` on stderr as the one line that a failure is worth."""
    with suppress(OSError):  # with nobody listening on stderr the exit code still tells
        click.echo(f"textnorm: error: {' '.join(message.split())}", err=True)


def _warn(message: Warning | str, *where: Any, **more: Any) -> None:
    """Print a warning as one line, without the place in the program that it comes from."""
    with suppress(OSError):
        click.echo(f"textnorm: warning: {' '.join(str(message).split())}", err=True)


def _silence_stdout() -> None:
    """Keep the interpreter from flushing into a closed pipe when it shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
