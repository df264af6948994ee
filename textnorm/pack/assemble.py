"""Builds a pack from its files: from a name to a complete, checked, immutable `Pack`, or to an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from textnorm.errors import Location, PackError
from textnorm.pack.check import refuse
from textnorm.pack.check_context import check_context
from textnorm.pack.hints import near
from textnorm.pack.items import Draft, build, build_charmap
from textnorm.pack.model import Item, Option, Pack, Stage, Tree
from textnorm.pack.overlay import DraftStage, Overlay, merge_grammar
from textnorm.pack.places import data_dir, rules_dir
from textnorm.pack.references import References
from textnorm.pack.sources import Files, Source, chain, user_sources
from textnorm.pack.spec.models import TAGGER
from textnorm.pack.spec.names import NAMESPACE, RULE_ID
from textnorm.pack.tables import MODEL_SUFFIX, TAGGER_SUFFIX, Lexicons
from textnorm.pack.yamlfile import Map, where


def assemble(name: str, rules: Sequence[str | Path], files: Files) -> Pack:
    """The pack called `name` with `rules` laid over it; `files` reads, and remembers what it read."""
    users = user_sources(rules, files)
    loader = _Loader(files)
    main, sources = chain(name, users, files)
    for source in sources:
        loader.add(source)
    return loader.finish(main, sources)


_LEXICONS = {  # where the files of a kind name lexicons
    "case": ("known",),
    "charmap": ("table", "words"),
    "fallback": ("known", "names", "foreign"),
    "lexicon": ("table",),
    "readings": ("model",),
    "restore": ("map",),
    "spelling": ("table", "contexts", "keep", "names"),
    "transliterate": ("correspondences", "words"),
    "words": ("table", "contexts", "known", "into"),
}


class _Loader:
    """Collects what the sources of a pack say, the lowest source first."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.overlay = Overlay()
        self.grammar: dict[str, Tree] = {}
        self.grammar_at: dict[str, Location] = {}
        self.options: dict[str, Option] = {}
        self.classes: list[str] = []
        self.linking: Map = Map()
        self.context: list[Map] = []
        self.key: list[str] | None = None
        self.protected: dict[str, None] = {}
        self.folders: list[Path] = []  # of the packs added so far, the topmost first
        self.macros: dict[tuple[int, ...], Mapping[str, str]] = {}
        self.checked: set[int] = set()  # files whose macros have been checked

    def add(self, source: Source) -> None:
        """Lay one source over what is there."""
        if source.manifest is None:
            self._add_loose(source)
            return
        manifest, folder = source.manifest, source.folder
        self.options.update(_options(manifest))
        self.protected.update(dict.fromkeys(manifest.get("protected", ())))
        self.folders.insert(0, folder)
        own = manifest.get("classes", [])
        self.classes = [*own, *(cls for cls in self.classes if cls not in own)]
        names = manifest.get("grammar", [])
        trees = [self._read(names, index, "grammar") for index in range(len(names))]
        merge_grammar(self.grammar, self.grammar_at, trees)
        if "linking" in manifest:
            self.linking = self._read(manifest, "linking", "linking")
            names = self.linking.get("context", [])
            self.context += (self._read(names, index, "context") for index in range(len(names)))
        if "off" in manifest:
            self.overlay.switch_off(manifest["off"])
        self.key = manifest.get("key", self.key)
        new: dict[str, Draft] = {}
        for entry in manifest.get("stages", ()):
            stage = self.overlay.stage(entry)
            for index in range(len(entry["files"])):
                self._add_items(stage, self._read(entry["files"], index, entry["stage"]), new)

    def _add_loose(self, source: Source) -> None:
        new: dict[str, Draft] = {}
        grammar = []
        for path in source.files:
            tree, kind = self.files.read(path, source.folder)
            if kind == "pack":
                refuse(tree, "kind", "a pack file must be called pack.yaml", "give its folder to --rules")
            if kind == "grammar":
                grammar.append(tree)
                continue
            if kind == "context":
                self.context.append(tree)
                continue
            for draft in self._add_items(self.overlay.first(kind, where(tree)), tree, new):
                cls = draft.tree.get("class") or tree.get("class")
                self.classes += [cls] if cls and self.classes and cls not in self.classes else []
        merge_grammar(self.grammar, self.grammar_at, grammar)

    def _read(self, names: Tree, index: int | str, kind: str) -> Map:
        """The file of that name in the pack's folder, or in that of a pack below it."""
        name = names[index]
        folder = next((place for place in self.folders if (place / name).is_file()), None)
        if folder is None:
            listed = [entry.name for place in self.folders for entry in place.glob("*.y*ml")]
            refuse(names, index, f'no file "{name}" in the pack\'s folder', near(name, listed))
        tree, found = self.files.read(folder / name, folder)
        if found != kind:
            refuse(tree, "kind", f"this file is of kind {found}", f"{where(names, index)} asks for {kind}")
        return tree

    def _add_items(self, stage: DraftStage, tree: Map, new: dict[str, Draft]) -> list[Draft]:
        drafts = _drafts(tree)
        for draft in drafts:
            self.overlay.add(stage, draft, new)
        return drafts

    def finish(self, main: Map, sources: Sequence[Source]) -> Pack:
        """The pack, once every source has been added."""
        folders = [
            source.folder / "data" for source in reversed(sources) if source.folder.parent != rules_dir()
        ]
        finder = References(Lexicons([*folders, data_dir()]))
        finder.grammar(self.grammar)
        stages = tuple(self._stage(stage, finder) for stage in self.overlay.stages if stage.items)
        _check_linking(self.linking, finder, stages)
        _check_readings(stages)
        for tree in self.context:
            check_context(tree)
        lexicons = Lexicons(finder.lexicons.folders, sorted(finder.names))
        for path in finder.names.values():
            self.files.raw(path, path.parent)
        return Pack(
            name=main["name"],
            doc=main["doc"],
            version=main["version"],
            stages=stages,
            classes=tuple(self.classes),
            options=self.options,
            grammar=self.grammar,
            grammar_at=self.grammar_at,
            lexicons=lexicons,
            linking=self.linking,
            context=tuple(self.context),
            key=_key_layers(self.key, stages),
            digest=self.files.digest(),
            protected=tuple(self.protected),
        )

    def _stage(self, stage: DraftStage, finder: References) -> Stage:
        items = tuple(self._item(draft, finder) for draft in stage.items.values())
        return Stage(stage.kind, stage.layer, stage.default, items, stage.at)

    def _item(self, draft: Draft, finder: References) -> Item:
        for key in _LEXICONS.get(draft.kind, ()):
            finder.lexicons_of(draft.tree, key)
        if draft.kind == "spelling":
            self._spelling(draft.tree)
        if draft.kind == "charmap":
            return self._charmap(draft, finder)
        if draft.kind in ("restore", "transliterate"):
            self._model(draft.tree["model"], finder, MODEL_SUFFIX)
        if draft.kind == "restore" and "tagger" in draft.tree:
            self._model(draft.tree["tagger"], finder, TAGGER_SUFFIX)
        if draft.kind == "fallback" and draft.tree.get("engine", TAGGER) == TAGGER:
            self._model(draft.tree["model"], finder, TAGGER_SUFFIX)
        if draft.kind == "words":
            return self._words(draft, finder)
        if draft.kind != "rules":
            return build(draft, draft.tree, {}, self.options, self.files.tests)
        tree, bases = self.overlay.complete(draft)
        macros = self._macros(draft, bases)
        if id(draft.head) not in self.checked:
            self.checked.add(id(draft.head))
            finder.macros(draft.head.get("macros", {}), macros)
        finder.rule(draft.tree, macros)
        rule = build(draft, tree, macros, self.options, self.files.tests)
        if self.classes and rule.cls not in self.classes:
            place = draft.tree if "class" in draft.tree else draft.head
            refuse(
                place,
                "class",
                f'class "{rule.cls}" is not in the pack\'s classes',
                near(rule.cls, self.classes),
            )
        return rule

    def _words(self, draft: Draft, finder: References) -> Item:
        """A rewrite of words, or the table of its file."""
        macros = self._macros(draft, ())
        finder.rule(draft.tree, macros)
        if draft.tree is not draft.head:
            finder.lexicons_of(draft.head, "known")
        return build(draft, draft.tree, macros, self.options, self.files.tests)

    def _charmap(self, draft: Draft, finder: References) -> Item:
        name = draft.tree.get("table")
        table = finder.lexicons[name] if name is not None else None
        return build_charmap(draft, table, self.options, self.files.tests)

    def _model(self, name: str, finder: References, suffix: str) -> None:
        """Let the model of a file count into the digest; training does without it."""
        path = finder.lexicons.file(name, suffix)
        if path is not None:
            self.files.raw(path, path.parent)

    def _spelling(self, tree: Map) -> None:
        """Check the phonetic keys that a spelling file mentions."""
        keys: Mapping[str, Tree] = self.grammar.get("phonetics", {})
        for key in ("like", "short"):
            if key in tree and tree[key] not in keys:
                refuse(tree, key, f'no phonetic key is called "{tree[key]}"', near(tree[key], keys))

    def _macros(self, draft: Draft, bases: Sequence[Draft]) -> Mapping[str, str]:
        """The macros a rule may use: of the grammar, of the files of its bases, of its own file."""
        key = tuple(id(one.head) for one in (draft, *bases))
        if key not in self.macros:
            merged = dict(self.grammar.get("macros", {}))
            for one in (*reversed(bases), draft):
                merged.update(one.macros)
            self.macros[key] = merged
        return self.macros[key]


def _key_layers(names: Sequence[str] | None, stages: Sequence[Stage]) -> tuple[str, ...] | None:
    """The layers of a comparison key, each of which must be there."""
    _check_layers(names or (), stages, "key")
    return None if names is None else tuple(names)


def _check_layers(names: Sequence[str], stages: Sequence[Stage], what: str) -> None:
    layers = {stage.layer for stage in stages}
    for index, name in enumerate(names):
        if name not in layers:
            refuse(names, index, f'{what}: no layer is called "{name}"', near(name, layers))


def _check_linking(tree: Map, finder: References, stages: Sequence[Stage]) -> None:
    """Check the layers and lexicons that a linking file mentions."""
    for part in (*tree.get("tiers", ()), tree.get("retrieval", {})):
        _check_layers(part.get("layers", ()), stages, "layers")
    finder.lexicons_of(tree, "concepts")
    finder.lexicons_of(tree.get("protect", {}), "stop")


def _check_readings(stages: Sequence[Stage]) -> None:
    """Check that models choose among the readings of some rules, and one model for each."""
    for place, stage in enumerate(stages):
        if stage.kind != "readings":
            continue
        if not place or stages[place - 1].kind != "rules":
            message = "readings are those of the rules right before, and there are none"
            raise PackError(message, at=stage.at, remedy="put this stage after a stage of rules")
        if len(stage.items) > 1:
            other = stage.items[0].at
            raise PackError("one file of readings is enough", at=stage.items[1].at, remedy=f"drop {other}")


def _drafts(tree: Map) -> list[Draft]:
    """The items of a file: each of its rules, or the file as a whole."""
    namespace, kind = tree["namespace"], tree["kind"]
    if not NAMESPACE.fullmatch(namespace):
        refuse(
            tree,
            "namespace",
            f'"{namespace}" is no namespace',
            "write words with dots between, such as lt.date",
        )
    if kind not in ("rules", "words"):
        return [Draft(namespace, kind, tree, tree)]
    drafts = []
    if "table" in tree:
        drafts.append(Draft(namespace, kind, tree, tree))
    for rule in tree.get("rules" if kind == "rules" else "rewrites", ()):
        if not RULE_ID.fullmatch(rule["id"]):
            refuse(rule, "id", f'"{rule["id"]}" is no rule id', "use lower-case letters, digits and hyphens")
        drafts.append(Draft(f"{namespace}.{rule['id']}", kind, rule, tree))
    return drafts


def _options(manifest: Map) -> dict[str, Option]:
    options = {}
    for name, tree in manifest.get("options", {}).items():
        options[name] = Option(name, tuple(tree["values"]), tree["default"], tree["doc"])
        if tree["default"] not in tree["values"]:
            refuse(
                tree,
                "default",
                f'"{tree["default"]}" is not among the values',
                f"one of: {', '.join(tree['values'])}",
            )
    return options
