"""From the name of an index to an annotator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from textnorm.errors import PackError
from textnorm.link.annotate.annotator import Annotator, Options
from textnorm.link.annotate.context.load import contexts
from textnorm.link.annotate.dictionary import Safety
from textnorm.link.annotate.names import Names
from textnorm.link.annotate.tokens import Normal, ignore_case
from textnorm.link.keys import Keys, keys_of
from textnorm.link.open import open_index
from textnorm.link.store import Index
from textnorm.pack.load import load_pack
from textnorm.pack.model import Pack

_NORMALIZED = "normalized"  # the tier whose keys are the normal forms of words


def load_annotator(
    name: str | Path,
    *,
    aliases: Sequence[str] = (),
    min_length: int = 3,
    options: Options | None = None,
    context: str = "",
) -> Annotator:
    """An annotator for the index in a folder, or for the concepts that the pack called `name` ships.

    `aliases` are files of users' aliases: a string, a tab and an id on each line; they win over all other
    names. `context` names the pack with the rules about context; by default that of the index.
    Raises InputError and PackError.
    """
    annotator = annotator_of(
        open_index(name), aliases=aliases, min_length=min_length, options=options, context=context
    )
    annotator.spec = (name, aliases, min_length, options, context)
    return annotator


def reload(
    name: str | Path, aliases: Sequence[str], min_length: int, options: Options | None, context: str
) -> Annotator:
    """The annotator that another process has."""
    return load_annotator(name, aliases=aliases, min_length=min_length, options=options, context=context)


def annotator_of(
    index: Index,
    *,
    aliases: Sequence[str] = (),
    min_length: int = 3,
    options: Options | None = None,
    context: str = "",
) -> Annotator:
    """The same for an index that is open."""
    options = options or Options()
    keys = keys_of(index.manifest)
    rules = contexts(_context(keys.pack, context))
    index.require_types(options.types)
    if options.flags:
        _require_language(options.lang, [one.language.lang for one in rules])
    user, report = _user_names(index, keys, aliases)
    annotator = Annotator(
        Names(index, user, int(_protected(keys.pack).get("short", 3))),
        normal=normal_of(keys),
        safety=Safety(_stop(keys.pack), min_length),
        contexts=rules,
        options=options,
    )
    annotator.report = report
    return annotator


def _require_language(lang: str, known: Sequence[str]) -> None:
    """Refuse a language without rules, of which no flag would ever come."""
    if lang and known and lang not in known:
        message = f"no rules say what context means in the language {lang!r}"
        raise PackError(message, remedy=f"there are rules for {', '.join(known)}; or leave flags out")


def _user_names(
    index: Index, keys: Keys, aliases: Sequence[str]
) -> tuple[list[tuple[str, int]], tuple[str, ...]]:
    """The aliases in some files with the numbers of their concepts, and what is to be said of them."""
    if not aliases:
        return [], ()
    from textnorm.link.useraliases import user_aliases  # few need it

    found = user_aliases(index, keys, aliases)
    return sorted(found.seen), tuple(found.report())


def normal_of(keys: Keys) -> Normal:
    """Normal forms of words by the keys of the pack, where it has a tier for them."""
    tier = next((number for number, tier in enumerate(keys.tiers) if tier.name == _NORMALIZED), None)
    if tier is None:
        return ignore_case
    number = tier
    return lambda words: keys.of(number, words)


def _context(pack: Pack | None, name: str) -> Sequence[Mapping[str, Any]]:
    if not name and pack is not None and pack.context:
        return pack.context
    return load_pack(name, tests=False).context if name else ()


def _protected(pack: Pack | None) -> Mapping[str, Any]:
    """What a pack says about names that running text must not be searched for lightly."""
    found: Mapping[str, Any] = pack.linking.get("protect", {}) if pack else {}
    return found


def _stop(pack: Pack | None) -> frozenset[str]:
    """The everyday words of a pack, the first column of its tables of them."""
    if pack is None:
        return frozenset()
    names: Sequence[str] = _protected(pack).get("stop", ())
    return frozenset(row[0] for name in names for row in pack.lexicons[name].rows)
