"""Keeps loaded packs as JSON in the user's cache folder: reading YAML would be most of the start-up time.

An entry is used only while every file it was made from still has the size and time it had, the
folders that were searched list the same files, and textnorm's own loader has not changed. A cache that
cannot be read or written is no error: the pack is loaded from its files.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from textnorm.errors import Location
from textnorm.pack.model import (
    Case,
    CharEntry,
    Charmap,
    Fallback,
    Item,
    LexiconMap,
    Option,
    Pack,
    Readings,
    Restore,
    Rule,
    Spaces,
    Spelling,
    Stage,
    Transliterate,
    Unicode,
    WordRewrite,
)
from textnorm.pack.places import data_dir, display, pack_names, rules_dir
from textnorm.pack.tables import Lexicons

_KEPT = 24  # entries in the cache folder
_SETTLED = 2.0  # seconds; a file changed later than this before might change again unnoticed
_ITEMS: dict[str, type[Item]] = {
    "rules": Rule,
    "charmap": Charmap,
    "lexicon": LexiconMap,
    "spaces": Spaces,
    "spelling": Spelling,
    "unicode": Unicode,
    "restore": Restore,
    "transliterate": Transliterate,
    "fallback": Fallback,
    "readings": Readings,
    "case": Case,
    "words": WordRewrite,
}
_FIELDS = {kind: tuple(name for name in cls.__slots__ if name != "tests") for kind, cls in _ITEMS.items()}

Made = TypeVar("Made")
Stamp = tuple[int, int]  # size and time of change in nanoseconds


def folder() -> Path | None:
    """The cache folder; None if `TEXTNORM_CACHE_DIR` is set to nothing, which switches the cache off."""
    chosen = os.environ.get("TEXTNORM_CACHE_DIR")
    if chosen is not None:
        return Path(chosen) if chosen else None
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if not home:
        home = os.path.expanduser("~/Library/Caches" if sys.platform == "darwin" else "~/.cache")
    return Path(home) / "textnorm"


def slot(name: str, rules: Sequence[str | Path]) -> Path | None:
    """The file in which the pack `name` with `rules` over it is kept."""
    place = folder()
    if place is None:
        return None
    what = [name, *(os.path.abspath(path) for path in rules), str(rules_dir()), str(data_dir())]
    return place / f"pack-{sha256(json.dumps(what).encode()).hexdigest()[:24]}.json"


def stamp(path: Path) -> Stamp:
    """What changes when the file does."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def recall(entry: Path) -> Pack | None:
    """The pack kept in `entry`, if it is there and still true to its files."""
    try:
        data = json.loads(entry.read_bytes())
        if data["loader"] != _loader() or data["packs"] != pack_names():
            return None
        if any(list(stamp(Path(path))) != seen for path, seen in data["stamps"].items()):
            return None
        if any(listing(Path(path)) != seen for path, seen in data["listings"].items()):
            return None
        lexicons = Lexicons([Path(path) for path in data["folders"]], list(data["lexicons"]))
        if any(str(lexicons.find(name)) != path for name, path in data["lexicons"].items()):
            return None
        return _unpack(data, lexicons)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def keep(
    entry: Path, pack: Pack, stamps: Mapping[Path, Stamp], listings: Mapping[Path, Sequence[str]]
) -> None:
    """Write `pack` to `entry`, unless one of its files has only just been changed."""
    if any(time.time() - changed / 1e9 < _SETTLED for _, changed in stamps.values()):
        return
    assert isinstance(pack.lexicons, Lexicons)
    found = {name: str(pack.lexicons.find(name)) for name in pack.lexicons}
    data = {
        "loader": _loader(),
        "packs": pack_names(),
        "stamps": {str(path): seen for path, seen in stamps.items()},
        "listings": {str(path): list(names) for path, names in listings.items()},
        "folders": [str(path) for path in pack.lexicons.folders],
        "lexicons": found,
        "shown": {display(path): str(path) for path in stamps},
        **_packed(pack),
    }
    _write(entry, data)


def _write(entry: Path, data: Any) -> None:
    scratch = entry.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        scratch.replace(entry)
        _prune(entry.parent)
    except OSError:
        return


def remembered(
    what: Sequence[str], make: Callable[[], Made], pack: Callable[[Made], Any], unpack: Callable[[Any], Made]
) -> Made:
    """What `make` makes; from the cache if it was made before and `what` is the same.

    `what` names all that it depends on, the digest of a pack first; nothing is kept where that is empty.
    """
    place = folder()
    if place is None or not what[0]:
        return make()
    entry = place / f"data-{sha256(chr(10).join(what).encode()).hexdigest()[:24]}.json"
    try:
        return unpack(json.loads(entry.read_bytes()))
    except (OSError, ValueError, TypeError):  # not there, or written by something else
        made = make()
        _write(entry, pack(made))
        return made


def listing(place: Path) -> list[str]:
    """The YAML files in a folder, sorted."""
    return sorted(entry.name for entry in place.iterdir() if entry.suffix in (".yaml", ".yml"))


def _prune(place: Path) -> None:
    for pattern in ("pack-*.json", "data-*.json"):
        entries = sorted(place.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
        for entry in entries[_KEPT:]:
            entry.unlink(missing_ok=True)


def _loader() -> str:
    """Changes with any file of the loader, so that no entry outlives the code that made it."""
    return code_version("pack", "pack/spec")


def code_version(*packages: str) -> str:
    """Changes with any file of these packages of textnorm, and with the version of Python."""
    seen: list[tuple[str, int]] = []
    for package in packages:
        with os.scandir(Path(__file__).parent.parent / package) as files:
            seen += sorted(
                (file.name, file.stat().st_mtime_ns) for file in files if file.name.endswith(".py")
            )
    return f"{sys.version_info[:2]} {sha256(repr(seen).encode()).hexdigest()[:16]}"


def _packed(pack: Pack) -> dict[str, Any]:
    macros: dict[int, int] = {}
    tables: list[Mapping[str, str]] = []

    def value(item: Item, name: str) -> Any:
        found = getattr(item, name)
        if name == "at":
            return _packed_place(found)
        if name == "entries":
            return [
                (one.source, one.target, _packed_place(one.at), one.position, one.run, one.before, one.after)
                for one in found
            ]
        if name == "macros":
            if id(found) not in macros:
                macros[id(found)] = len(tables)
                tables.append(found)
            return macros[id(found)]
        return found

    stages = [
        (
            stage.kind,
            stage.layer,
            stage.default,
            _packed_place(stage.at),
            [[value(item, name) for name in _FIELDS[stage.kind]] for item in stage.items],
        )
        for stage in pack.stages
    ]
    return {
        "pack": [pack.name, pack.doc, pack.version, pack.classes, pack.key, pack.digest, pack.protected],
        "options": [(one.name, one.values, one.default, one.doc) for one in pack.options.values()],
        "linking": pack.linking,
        "context": pack.context,
        "grammar": pack.grammar,
        "grammar_at": {key: _packed_place(at) for key, at in pack.grammar_at.items()},
        "stages": stages,
        "macros": tables,
    }


def _packed_place(at: Location) -> tuple[str, int, int]:
    return at.file, at.line, at.column


def _unpack(data: Any, lexicons: Lexicons) -> Pack:
    shown = {old: display(Path(path)) for old, path in data["shown"].items()}

    def place(packed: Any) -> Location:
        return Location(shown[packed[0]], packed[1], packed[2])

    stages = tuple(
        Stage(kind, layer, default, tuple(_items(kind, items, data["macros"], place)), place(at))
        for kind, layer, default, at, items in data["stages"]
    )
    name, doc, version, classes, key, digest, protected = data["pack"]
    return Pack(
        name=name,
        doc=doc,
        version=version,
        stages=stages,
        classes=tuple(classes),
        options={one[0]: Option(one[0], tuple(one[1]), one[2], one[3]) for one in data["options"]},
        linking=data["linking"],
        context=tuple(data["context"]),
        grammar=data["grammar"],
        grammar_at={key: place(at) for key, at in data["grammar_at"].items()},
        lexicons=lexicons,
        key=None if key is None else tuple(key),
        digest=digest,
        protected=tuple(protected),
    )


def _items(
    kind: str, rows: Iterable[Sequence[Any]], macros: Sequence[Any], place: Callable[[Any], Location]
) -> Iterable[Item]:
    cls, fields = _ITEMS[kind], _FIELDS[kind]
    for row in rows:
        values = dict(zip(fields, row, strict=True))
        values["at"] = place(values["at"])
        values["tags"] = tuple(values["tags"])
        for name in ("declares", "repairs", "exclude", "map", "keep", "names", "lists", "known", "into"):
            if isinstance(values.get(name), list):
                values[name] = tuple(values[name])
        if "macros" in values:
            values["macros"] = macros[values["macros"]]
        if "entries" in values:
            values["entries"] = tuple(
                CharEntry(old, new, place(at), tuple(position), *rest)
                for old, new, at, position, *rest in values["entries"]
            )
        yield cls(**values, tests=())
