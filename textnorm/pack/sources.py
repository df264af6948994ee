"""Finds the folders and files that make up a pack, and reads them.

A pack may extend another, and users may lay folders or single files of their own over it. A *source*
is one such folder or file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from textnorm.errors import Location, PackError
from textnorm.pack.cache import Stamp, listing, stamp
from textnorm.pack.check import check_file, refuse
from textnorm.pack.hints import near
from textnorm.pack.places import display, pack_names, rules_dir
from textnorm.pack.textfile import decode
from textnorm.pack.yamlfile import Map, parse_yaml


@dataclass(frozen=True, slots=True)
class Source:
    """A pack folder with its manifest (`pack.yaml`), or loose files without one."""

    folder: Path
    manifest: Map | None
    files: tuple[Path, ...] = ()  # only without a manifest


class Files:
    """Reads files, checks them, and remembers what was read, for the digest and for the cache."""

    def __init__(self, tests: bool) -> None:
        self.tests = tests
        self.hashes: list[str] = []
        self.stamps: dict[Path, Stamp] = {}
        self.listings: dict[Path, list[str]] = {}

    def read(self, path: Path, folder: Path) -> tuple[Map, str]:
        """The tree of a file of the pack at `folder`, and its kind."""
        raw = self.raw(path, folder)
        tree = parse_yaml(decode(raw, display(path)), display(path), skip_tests=not self.tests)
        return tree, check_file(tree)

    def raw(self, path: Path, folder: Path) -> bytes:
        """The content of a file; it counts into the digest under a name that is the same everywhere."""
        path, top = Path(os.path.abspath(path)), Path(os.path.abspath(folder)).parent
        try:
            self.stamps[path] = stamp(path)
            raw = path.read_bytes()
        except OSError as error:
            message = f"cannot read this file: {error.strerror}"
            raise PackError(message, at=Location(display(path))) from None
        label = path.relative_to(top).as_posix() if path.is_relative_to(top) else path.name
        self.hashes.append(f"{label} {sha256(raw).hexdigest()}")
        return raw

    def list(self, folder: Path) -> list[Path]:
        """The YAML files in a folder, sorted by name."""
        names = self.listings[Path(os.path.abspath(folder))] = listing(folder)
        return [folder / name for name in names]

    def digest(self) -> str:
        """A short hash over the names and contents of all files read."""
        return sha256("\n".join(sorted(self.hashes)).encode()).hexdigest()[:12]


def user_sources(rules: Sequence[str | Path], files: Files) -> list[Source]:
    """The sources that `--rules` names, in the order given."""
    return [_user_source(Path(entry), files) for entry in rules]


def _user_source(path: Path, files: Files) -> Source:
    if path.is_file():
        return Source(path.parent, None, (path,))
    if not path.is_dir():
        raise PackError(
            f'no folder or file "{path}"', remedy="--rules takes a folder with rule files, or one file"
        )
    if (path / "pack.yaml").is_file():
        return Source(path, _manifest(path, files))
    found = tuple(files.list(path))
    if not found:
        raise PackError("no .yaml file in this folder", at=Location(display(path)))
    return Source(path, None, found)


def _manifest(folder: Path, files: Files) -> Map:
    tree, kind = files.read(folder / "pack.yaml", folder)
    if kind != "pack":
        refuse(tree, "kind", f"pack.yaml is of kind {kind}", "write kind: pack")
    return tree


def chain(name: str, users: Sequence[Source], files: Files) -> tuple[Map, list[Source]]:
    """The manifest of the pack called `name`, and all sources of the pack, what others build on first."""
    own = {source.manifest["name"]: source for source in users if source.manifest}
    builtin = pack_names()
    known = sorted({*own, *builtin})
    found = _resolve(name, _tags(name, own, builtin))
    if found is None:
        raise PackError(f'no pack called "{name}"', remedy=near(name, known) or "see `textnorm rules list`")
    names, sources = [found], [_named(found, own, builtin, files)]
    while base := _base(sources[0], names, known):
        names.append(base)
        sources.insert(0, _named(base, own, builtin, files))
    main = sources[-1].manifest
    assert main is not None
    return main, [*sources, *_laid_over(users, sources, names)]


def _named(name: str, own: Mapping[str, Source], builtin: Sequence[str], files: Files) -> Source:
    if name in builtin:
        return Source(rules_dir() / name, _manifest(rules_dir() / name, files))
    return own[name]


def _base(source: Source, names: Sequence[str], known: Sequence[str]) -> str | None:
    """The pack that `source` extends, checked; `names` are the packs already in the chain."""
    manifest = source.manifest
    base = manifest.get("extends") if manifest else None
    if manifest is None or base is None:
        return None
    if base not in known:
        refuse(manifest, "extends", f'no pack called "{base}"', near(base, known))
    if base in names:
        refuse(manifest, "extends", f"packs extend each other in a circle: {' → '.join([*names, base])}")
    return str(base)


def _laid_over(users: Sequence[Source], sources: Sequence[Source], names: Sequence[str]) -> list[Source]:
    """The user sources that are not part of the chain yet; each must build on a pack of the chain."""
    over = [source for source in users if source not in sources]
    for source in over:
        base = source.manifest.get("extends") if source.manifest else None
        if base and base not in names:
            assert source.manifest is not None
            refuse(
                source.manifest, "extends", f'this pack extends "{base}", not "{names[0]}"', f"load {base}"
            )
    return over


def _tags(name: str, own: Mapping[str, Source], builtin: Sequence[str]) -> dict[str, str]:
    """All tags by which packs are known, with the names of the packs.

    Aliases stand in the manifests, which are read only if no pack is called `name`.
    """
    names = {one: one for one in (*builtin, *own)}
    if name in names:
        return names
    files = Files(tests=False)  # of its own: these manifests are no part of the pack
    folders = {one: rules_dir() / one for one in builtin}
    manifests = {one: _manifest(folder, files) for one, folder in folders.items() if folder.is_dir()}
    manifests |= {one: source.manifest for one, source in own.items() if source.manifest}
    return {alias: one for one, tree in manifests.items() for alias in tree.get("aliases", ())} | names


def _resolve(name: str, known: Mapping[str, str]) -> str | None:
    """The pack that is known under a language tag, or under what is left without its last subtags."""
    names = {tag.lower(): known[tag] for tag in sorted(known, reverse=True)}
    parts = name.lower().replace("_", "-").split("-")
    for end in range(len(parts), 0, -1):
        found = names.get("-".join(parts[:end]))
        if found:
            return found
    return None
