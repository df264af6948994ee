"""Lays packs over each other: stages by layer, items by id, and rules that extend rules.

Everything happens on drafts, before items are built, so that a rule may extend any rule of any pack
below it, whatever the order of files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from textnorm.errors import Location
from textnorm.pack.check import check_rule, refuse
from textnorm.pack.hints import near
from textnorm.pack.items import Draft
from textnorm.pack.model import Tree
from textnorm.pack.spec.rules import NOT_INHERITED
from textnorm.pack.yamlfile import Map, Seq, where


@dataclass(slots=True)
class DraftStage:
    """A stage whose items are still drafts, by id."""

    kind: str
    layer: str
    default: bool
    at: Location
    items: dict[str, Draft] = field(default_factory=dict)


class Overlay:
    """The stages of a pack while packs are laid over it one by one."""

    def __init__(self) -> None:
        self.stages: list[DraftStage] = []
        self.history: dict[str, list[Draft]] = {}  # every definition of an id, the oldest first

    def stage(self, tree: Map) -> DraftStage:
        """The stage that `tree` of a pack file describes: the one of its layer, or a new one."""
        kind, layer = tree["stage"], tree["layer"]
        for stage in self.stages:
            if stage.layer == layer:
                if stage.kind != kind:
                    refuse(
                        tree,
                        "stage",
                        f'layer "{layer}" is a {stage.kind} stage, not {kind}',
                        "rename the layer",
                    )
                stage.default = tree["default"] != "off" if "default" in tree else stage.default
                return stage
        place = len(self.stages)
        if "before" in tree:
            layers = [stage.layer for stage in self.stages]
            if tree["before"] not in layers:
                message = f'no layer "{tree["before"]}" to go before'
                refuse(tree, "before", message, near(tree["before"], layers))
            place = layers.index(tree["before"])
        return self._insert(place, kind, layer, tree.get("default") != "off", where(tree))

    def first(self, kind: str, at: Location) -> DraftStage:
        """The first stage of a kind that is on by default, else a new one at the end.

        A stage that is off would swallow a user's rules without a word.
        """
        found = next((stage for stage in self.stages if stage.kind == kind and stage.default), None)
        place = len(self.stages)
        if kind == "readings":  # of the first rules
            place = next((n for n, stage in enumerate(self.stages, 1) if stage.kind == "rules"), place)
        return found or self._insert(place, kind, kind, True, at)

    def _insert(self, place: int, kind: str, layer: str, default: bool, at: Location) -> DraftStage:
        self.stages.insert(place, DraftStage(kind, layer, default, at))
        return self.stages[place]

    def add(self, stage: DraftStage, draft: Draft, new: dict[str, Draft]) -> None:
        """Put a draft into a stage, in place of an older one of its id; `new` has this pack's ids."""
        twin = new.get(draft.id)
        if twin is not None:
            key = "id" if draft.kind == "rules" else "namespace"
            refuse(
                draft.tree, key, f'id "{draft.id}" is taken', f"by {where(twin.tree, key)}; ids are unique"
            )
        new[draft.id] = draft
        holder = next((other for other in self.stages if draft.id in other.items), stage)
        if holder.kind != stage.kind:
            del holder.items[draft.id]
            holder = stage
        holder.items[draft.id] = draft
        self.history.setdefault(draft.id, []).append(draft)

    def switch_off(self, globs: Sequence[str]) -> None:
        """Take out every item whose id fits one of the patterns; a pattern that fits none is an error."""
        for index, glob in enumerate(globs):
            hits = [(stage, id) for stage in self.stages for id in stage.items if fnmatchcase(id, glob)]
            if not hits:
                known = [id for stage in self.stages for id in stage.items]
                refuse(globs, index, f'off: no item is called "{glob}"', near(glob, known))
            for stage, id in hits:
                del stage.items[id]

    def complete(self, draft: Draft) -> tuple[Tree, tuple[Draft, ...]]:
        """A rule's tree with inherited keys filled in, and the chain of its bases, the nearest first."""
        if "extends" not in draft.tree:
            return draft.tree, ()
        tree, bases = self._inherit(draft, ())
        check_rule(tree)
        return tree, bases

    def _inherit(self, draft: Draft, below: tuple[Draft, ...]) -> tuple[Tree, tuple[Draft, ...]]:
        tree = draft.tree
        if "extends" not in tree:
            return tree, ()
        base = self._base(draft, below)
        inherited, bases = self._inherit(base, (*below, draft))
        merged = Map({key: value for key, value in inherited.items() if key not in NOT_INHERITED})
        merged.file, merged.mark, merged.marks = tree.file, tree.mark, tree.marks
        for key, value in tree.items():
            if key[-1] in "+-":
                merged[key[:-1]] = _edit(tree, key, merged.get(key[:-1], []))
            elif key != "extends":
                merged[key] = value
        return merged, (base, *bases)

    def _base(self, draft: Draft, below: tuple[Draft, ...]) -> Draft:
        name = draft.tree["extends"]
        found = self.history.get(name, [])
        if name == draft.id:  # a rule that replaces another may build on it
            found = found[: found.index(draft)]
        if not found or found[-1].kind != "rules":
            rules = [
                id for id, drafts in self.history.items() if drafts[-1].kind == "rules" and id != draft.id
            ]
            refuse(draft.tree, "extends", f'no rule is called "{name}"', near(name, rules))
        if found[-1] in below or found[-1] is draft:
            circle = " → ".join([*(d.id for d in below), draft.id, name])
            refuse(
                draft.tree, "extends", f"rules extend each other in a circle: {circle}", "let one stand alone"
            )
        return found[-1]


def _edit(tree: Map, key: str, inherited: Tree) -> Seq:
    """The inherited list with the entries of `key+` appended or those of `key-` taken out."""
    old = inherited if isinstance(inherited, list) else [inherited]
    changes = tree[key]
    if key.endswith("+"):
        edited = Seq([*old, *changes])
    else:
        for index, entry in enumerate(changes):
            if entry not in old:
                message = f'"{key}" takes out what is not there'
                refuse(changes, index, message, "copy the entry as the base has it")
        edited = Seq([entry for entry in old if entry not in changes])
    edited.file, edited.mark, edited.marks = changes.file, changes.mark, []
    return edited


def merge_grammar(grammar: dict[str, Tree], places: dict[str, Location], files: Sequence[Map]) -> None:
    """Merge grammar files of one pack into `grammar`, over what packs below it put there.

    Mappings are merged one level deep, lists are joined. Within a pack an entry may be defined once.
    """
    seen: dict[str, Mapping[str, Location]] = {}
    for file in files:
        for key, value in file.items():
            if key in ("format", "kind", "doc"):
                continue
            old = grammar.get(key)
            if isinstance(value, dict) and isinstance(old, dict | None):
                seen[key] = _unique(seen.get(key, {}), value)
                grammar[key] = _joined(old or {}, value)
            elif isinstance(value, list) and isinstance(old, list):
                grammar[key] = [*old, *value]
            elif old is not None and (key in seen or type(old) is not type(value)):
                refuse(file, key, f'"{key}" is defined twice', f"first at {places[key]}", name=True)
            else:
                grammar[key], seen[key] = value, {}
            places.setdefault(key, where(file, key, name=True))


def _unique(seen: Mapping[str, Location], value: Tree) -> Mapping[str, Location]:
    for inner in value:
        if inner in seen:
            refuse(value, inner, f'"{inner}" is defined twice', f"first at {seen[inner]}", name=True)
    return {**seen, **{inner: where(value, inner, name=True) for inner in value}}


def _joined(old: Tree, new: Tree) -> Map:
    """Both mappings in one that still knows where the entries stand, as far as they share a file."""
    merged = Map({**old, **new})
    marks = old.marks if isinstance(old, Map) and old.file == new.file else {}
    merged.file, merged.mark, merged.marks = new.file, new.mark, {**marks, **new.marks}
    return merged
