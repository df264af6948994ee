"""Defaults for options, read from a file: `textnorm.toml`, or `[tool.textnorm]` in `pyproject.toml`.

The closest file upwards from the working directory wins, and only that one is read: what a project
says is all in one place. Keys are the long option names of `textnorm normalize`; the other commands
take from them what selects the rules.

    lang = "lt"
    off = ["lt.roman.*"]
    rules = ["norm/"]            # relative to the file

    [option]
    year = "words"
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from textnorm.errors import Location, TextnormError

_SHARED = ("lang", "layers", "only", "off", "rules", "option", "uncertain", "strict")
_NOT_HERE = ("output", "in_place", "allow_download", "help")  # what must be asked for by hand


def defaults_for(command: str, start: Path | None = None) -> dict[str, dict[str, Any]]:
    """Click's `default_map` for `command`: parameter values from the closest configuration file."""
    found = find_config(start or Path.cwd())
    if found is None:
        return {}
    values = _checked(*found)
    if command != "normalize":
        values = {name: value for name, value in values.items() if name in _SHARED}
    return {command: values}


def find_config(start: Path) -> tuple[Path, dict[str, Any]] | None:
    """The closest configuration file at or above `start`, and its table."""
    for folder in (start, *start.parents):
        own = folder / "textnorm.toml"
        if own.is_file():
            return own, _read(own, own.read_bytes())
        project = folder / "pyproject.toml"
        if project.is_file():
            data = project.read_bytes()
            if b"textnorm" in data:  # parse only files that may concern us
                table = _read(project, data).get("tool", {}).get("textnorm")
                if table is not None:
                    return project, table
    return None


def _read(path: Path, data: bytes) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        table: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TextnormError(f"not valid TOML: {error}", at=Location(str(path))) from None
    return table


def _checked(path: Path, table: dict[str, Any]) -> dict[str, Any]:
    """The table with parameter names for keys; a key or value that fits no option is an error."""
    from .normalize import normalize

    options = {
        option.name: option
        for option in normalize.params
        if isinstance(option, click.Option) and option.name and option.name not in _NOT_HERE
    }
    values: dict[str, Any] = {}
    for key, value in table.items():
        option = options.get(key.replace("-", "_"))
        if option is None:
            known = ", ".join(sorted(name.replace("_", "-") for name in options))
            raise TextnormError(f"unknown key {key!r}", at=Location(str(path)), remedy=f"known keys: {known}")
        values[str(option.name)] = _value(path, key, value, option)
    if "rules" in values:
        values["rules"] = [str(path.parent / rules) for rules in values["rules"]]
    return values


def _value(path: Path, key: str, value: Any, option: click.Option) -> Any:
    """`value` in the shape that `option` takes; a lone string will do for a list of one."""
    if isinstance(value, dict) and key == "option":
        value = [f"{name}={choice}" for name, choice in value.items()]
    if key == "layers" and isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ",".join(value)
    if option.is_flag:
        fits, wanted = isinstance(value, bool), "true or false"
    elif option.multiple:
        value = [value] if isinstance(value, str) else value
        fits, wanted = isinstance(value, list) and all(isinstance(item, str) for item in value), "strings"
    elif isinstance(option.type, click.types.IntParamType):
        fits, wanted = isinstance(value, int) and not isinstance(value, bool), "a number"
    else:
        fits, wanted = isinstance(value, str), "a string"
    if not fits:
        raise TextnormError(f"{key} = {value!r}", at=Location(str(path)), remedy=f"this key takes {wanted}")
    return value
