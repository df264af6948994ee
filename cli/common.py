"""What commands share: the options that select a pack and its rules, and those that handle streams."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from textnorm.normalizer import Normalizer

Callback = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class PackChoice:
    """The pack that a command line names, and which of its rules are to run."""

    lang: str
    layers: str | None = None
    only: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    option: tuple[str, ...] = ()
    strict: bool = False
    uncertain: str = "best"
    inverse: bool = False
    source: str = ""
    target: str = ""
    allow_download: bool = False

    def options(self) -> dict[str, str]:
        """The style choices given as NAME=VALUE."""
        chosen: dict[str, str] = {}
        for text in self.option:
            name, equals, value = text.partition("=")
            if not equals or not name:
                raise click.UsageError(f"--option {text}: write it as NAME=VALUE")
            chosen[name.strip()] = value.strip()
        return chosen

    def layer_names(self) -> tuple[str, ...] | None:
        """`--layers` as names; a "+" before each means: as well as the default ones."""
        if self.layers is None:
            return None
        names = tuple(name.strip() for name in self.layers.split(",") if name.strip())
        if not names:
            return ()
        if names[0].startswith("+"):
            return tuple(f"+{name.lstrip('+')}" for name in names)
        if any(name.startswith("+") for name in names):
            raise click.UsageError(f"--layers {self.layers}: either all names add (+a,b) or none does (a,b)")
        return names

    def load(self) -> Normalizer:
        """The normalizer for this choice."""
        import gc

        import textnorm

        normalizer = textnorm.load(
            self.lang,
            rules=self.rules,
            only=self.only,
            off=self.off,
            layers=self.layer_names(),
            options=self.options(),
            uncertain="keep" if self.strict else self.uncertain,
            inverse=self.inverse,
            source=self.source,
            target=self.target,
            download=self.allow_download,
        )
        gc.freeze()  # rules and tables stay to the end: the collector need not look at them again
        return normalizer


_PACK_OPTIONS = (
    click.option(
        "--lang",
        metavar="TAG",
        required=True,
        help='Pack to use: a language tag or a domain; "auto" looks at each line.',
    ),
    click.option(
        "--layers",
        metavar="NAMES",
        help="Run exactly these layers of the pack (a,b), or these as well as the default ones (+a,b).",
    ),
    click.option("--only", metavar="GLOB", multiple=True, help="Run only these rules (id, class or tag)."),
    click.option("--off", metavar="GLOB", multiple=True, help="Switch rules off (id, class or tag)."),
    click.option(
        "--rules",
        metavar="DIR",
        multiple=True,
        type=click.Path(exists=True, file_okay=True),
        help="Add a folder of your own rules.",
    ),
    click.option("--option", metavar="NAME=VALUE", multiple=True, help="Choose a style the pack offers."),
    click.option(
        "--uncertain",
        type=click.Choice(["best", "keep", "mark"]),
        default="best",
        show_default=True,
        help="Readings that rest on a default: take the likeliest, leave the text, or mark ⟦all|of them⟧.",
    ),
    click.option(
        "--from",
        "source",
        metavar="TAG",
        default="",
        help="The text was typed in the script of this language: restore it first.",
    ),
    click.option(
        "--to",
        "target",
        metavar="TAG",
        default="",
        help="Write the result in the script of this language.",
    ),
    click.option(
        "--allow-download", is_flag=True, help="Fetch a model that the pack names and that is not there."
    ),
    click.option("--strict", is_flag=True, help="Short for --uncertain keep."),
)


def pack_options(function: Callback) -> Callback:
    """Decorator: adds the options that select rules; the function gets them as `pack`, a `PackChoice`."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        chosen = {name: kwargs.pop(name) for name in PackChoice.__slots__ if name in kwargs}
        return function(*args, pack=PackChoice(**chosen), **kwargs)

    return _decorate(wrapper, _PACK_OPTIONS)


inverse_option = click.option(
    "--inverse", is_flag=True, help="The other way: spoken words to the usual written form."
)

ERRORS = ("strict", "replace", "ignore", "surrogateescape", "backslashreplace")

_TEXT_OPTIONS = (
    click.option("--encoding", metavar="NAME", default="utf-8", show_default=True, help="Encoding of text."),
    click.option(
        "--errors",
        type=click.Choice(ERRORS),
        default="strict",
        show_default=True,
        help="What to do with bytes that are not text (surrogateescape keeps them).",
    ),
)


def text_options(function: Callback) -> Callback:
    """Decorator: adds `--encoding` and `--errors`."""
    return _decorate(function, _TEXT_OPTIONS)


jobs_option = click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Worker processes; 0 means one for each processor.",
)


def _decorate(function: Callback, options: tuple[Callback, ...]) -> Callback:
    for option in reversed(options):
        function = option(function)
    return function


def counts_line(counts: Mapping[str, int]) -> str:
    """Counts as one line, the largest first; ties by name: `DATE 12, ROMAN 3`."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {count:,}" for name, count in ordered)
