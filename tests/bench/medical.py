"""How far the tiers of the medical pack carry, without any search behind them.

Mentions written by hand are linked to the concepts that come with the pack. With an OBO file of the Disease
Ontology, mentions as in abstracts are linked to its labels, search included, and each of its synonyms in turn
is taken out and looked up among what is left.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from textnorm.link.concept import Concept
from textnorm.link.keys import Keys
from textnorm.link.linker import Linker
from textnorm.link.open import open_index, write_index
from textnorm.link.sources import read

GOLD = Path(__file__).resolve().parents[2] / "data" / "gold" / "medical"
NIL = "-"


class Mention(NamedTuple):
    """A string, the concept that it means (or NIL), and its language."""

    text: str
    id: str
    lang: str


class Answer(NamedTuple):
    """What was said of a mention: the concept (or NIL), and the tier that said so."""

    mention: Mention
    id: str
    tier: str

    @property
    def right(self) -> bool:
        """Whether the concept is the one meant."""
        return self.id == self.mention.id


def gold(part: str) -> list[Mention]:
    """The mentions of `link_dev.tsv` or `link_test.tsv`."""
    lines = (GOLD / f"link_{part}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Mention(*line.split("\t")) for line in lines]


def answers(mentions: Sequence[Mention]) -> Iterator[Answer]:
    """What the first tier that knows a mention says of it, over the concepts of the pack."""
    index, keys = open_index("medical"), Keys("medical")
    by_tier = list(keys.all([mention.text for mention in mentions]))
    for number, mention in enumerate(mentions):
        found = Answer(mention, NIL, "none")
        for tier, known in enumerate(by_tier):
            names = [
                name
                for name in index.lookup(tier, known[number])
                if not index.alias_cased[name] or index.alias_text(name) == mention.text
            ]
            if names:
                concept = index.alias_concept[index.ranked(names)[0]]
                found = Answer(mention, index.ids[concept], keys.tiers[tier].name)
                break
        yield found


def table(found: Iterable[Answer]) -> str:
    """Of each tier: mentions answered, how many rightly, and both up to and including the tier."""
    found = list(found)
    meant = sum(answer.mention.id != NIL for answer in found)
    lines, answered, right = [f"{'tier':12}{'answers':>8}{'right':>7}{'precision':>11}{'recall':>8}"], 0, 0
    for tier in [*(tier.name for tier in Keys("medical").tiers)]:
        here = [answer for answer in found if answer.tier == tier]
        answered, right = answered + len(here), right + sum(answer.right for answer in here)
        precision = right / answered if answered else 1.0
        hits = sum(answer.right for answer in here)
        lines.append(f"{tier:12}{len(here):8}{hits:7}{precision:11.3f}{right / meant:8.3f}")
    nil = [answer for answer in found if answer.mention.id == NIL]
    lines.append(f"no concept: {sum(answer.right for answer in nil)} of {len(nil)} left alone")
    return "\n".join(lines)


def abstracts(part: str, concepts: Sequence[Concept]) -> str:
    """How many mentions of `doid_dev.tsv` or `doid_test.tsv` get the concept of their label."""
    lines = (GOLD / f"doid_{part}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    labels = {concept.label for concept in concepts}
    rows = [row for row in (line.split("\t") for line in lines) if row[1] in labels]
    with TemporaryDirectory() as folder:
        facts: dict[str, str] = {}
        linker = Linker(write_index(iter(concepts), Path(folder) / "index", lambda: facts, pack="medical"))
        found = list(linker.link_all([mention for mention, _ in rows], top=1))
    right = sum(
        bool(candidates) and candidates[0].label == label
        for candidates, (_, label) in zip(found, rows, strict=True)
    )
    return f"{right} of {len(rows)} mentions ({right / len(rows):.3f}); {len(lines) - len(rows)} labels are not there"


def held_out(concepts: Sequence[Concept]) -> tuple[list[str], list[Counter[str]]]:
    """Every synonym linked to the names of all concepts but itself; right, wrong and unclear by tier."""
    keys = Keys("medical")
    names = [
        (text, number)
        for number, concept in enumerate(concepts)
        for text in (concept.label, *(alias.text for alias in concept.aliases if alias.scope == "exact"))
    ]
    counts: list[Counter[str]] = []
    open_ones = set(range(len(names)))
    for known in keys.all([text for text, _ in names]):
        owners: dict[str, Counter[int]] = {}
        for key, (_, concept) in zip(known, names, strict=True):
            owners.setdefault(key, Counter())[concept] += 1
        count: Counter[str] = Counter()
        for place in sorted(open_ones):
            left = owners[known[place]] - Counter({names[place][1]: 1})
            if left:
                open_ones.discard(place)
                sure = len(left) == 1
                count["unclear" if not sure else "right" if names[place][1] in left else "wrong"] += 1
        counts.append(count)
    return [tier.name for tier in keys.tiers], counts


def main(obo: str | None = None) -> None:
    """Print the figures."""
    for part in ("dev", "test"):
        print(part)
        print(table(answers(gold(part))))
    if obo is None:
        print("Disease Ontology: not measured; name its OBO file")
        return
    concepts = list(read([obo], "obo"))
    for part in ("dev", "test"):
        print(f"as in abstracts, {part}: {abstracts(part, concepts)}")
    texts = [text for one in concepts for text in (one.label, *(alias.text for alias in one.aliases))]
    keys, start = Keys("medical"), time.process_time()
    for _ in keys.all(texts):
        pass
    spent = time.process_time() - start
    size = sum(len(text.encode()) + 1 for text in texts)
    print(f"keys of {len(texts):,} names in all tiers: {size / spent / 1e6:.1f} MB a CPU-second")
    for name, count in zip(*held_out(concepts), strict=True):
        print(f"{name:12}{dict(count)}")


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:2])
