"""Linking strings of a terminology that was not shown: quality, calibration, speed, and peers beside it.

A fifth of the synonyms of each concept is held out, and a tenth of the concepts as a whole; the index is
built of the rest. Files of terminologies are not part of the project: `--terminology FORMAT[:PACK]=FILE,FILE`
names them. Without any, speed alone is measured, on made-up names.
"""

from __future__ import annotations

import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from textnorm.link.concept import Concept
from textnorm.link.heldout import noisy
from textnorm.link.linker import Answer, Linker, load_linker
from textnorm.link.open import write_index
from textnorm.link.sources.read import read

from .indexing import concepts

HELD_OUT, NO_CONCEPT = 0.2, 0.1
BINS = (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
PEERS_QUERIES = 500  # a peer that looks at every name takes its time


class Question(NamedTuple):
    """A string and the ids that are right for it; none where no concept is."""

    text: str
    ids: frozenset[str]


class Parts(NamedTuple):
    """A terminology, cut: what is indexed, and what is asked."""

    kept: list[Concept]
    held_out: list[Question]
    as_is: list[Question]
    noisy: list[Question]
    no_concept: list[Question]
    bearers: dict[str, set[str]]  # every name in lower case, and the ids of all concepts that have it

    def mixed(self, rng: random.Random) -> list[Question]:
        """Questions of all four kinds in the shares of the calibration, 2 : 1 : 1 : 1."""
        size = min(len(self.held_out) // 2, len(self.no_concept))
        others = (self.as_is, self.noisy, self.no_concept)
        return [
            *rng.sample(self.held_out, 2 * size),
            *(one for kind in others for one in rng.sample(kind, size)),
        ]


class Quality(NamedTuple):
    """Shares of questions whose right concept comes first, or among ten; and the mean of 1 / its rank."""

    count: int
    first: float
    ten: float
    mrr: float


def cut(found: Sequence[Concept], seed: int) -> Parts:
    """Hold out synonyms and concepts, and make questions of them."""
    rng = random.Random(seed)
    asked: dict[str, set[str]] = {}
    bearers: dict[str, set[str]] = {}
    kept, names, nothing = [], [], []
    for concept in found:
        exact = [alias.text for alias in concept.aliases if alias.scope == "exact"]
        if rng.random() < NO_CONCEPT:
            nothing += [Question(text, frozenset()) for text in (concept.label, *exact[:1])]
            continue
        hidden = {
            text for text in exact if text.casefold() != concept.label.casefold() and rng.random() < HELD_OUT
        }
        for text in hidden:
            asked.setdefault(text, set()).add(concept.id)
        aliases = tuple(alias for alias in concept.aliases if alias.text not in hidden)
        kept.append(concept._replace(aliases=aliases))
        for text in (concept.label, *exact):
            bearers.setdefault(text.casefold(), set()).add(concept.id)
        own = frozenset((concept.id,))
        names += [
            Question(text, own) for text in (concept.label, *(text for text in exact if text not in hidden))
        ]
    held_out = [Question(text, frozenset(ids)) for text, ids in sorted(asked.items())]
    as_is = rng.sample(names, len(names))
    with_noise = [
        Question(noisy(one.text, rng.choice(names).text.split(), rng), one.ids)
        for one in rng.sample(names, len(names))
    ]
    return Parts(kept, held_out, as_is, with_noise, nothing, bearers)


def quality(questions: Sequence[Question], found: Sequence[Sequence[str]]) -> Quality:
    """What ranked lists of ids are worth."""
    ranks = [
        next((rank for rank, id in enumerate(ids, 1) if id in one.ids), 0)
        for one, ids in zip(questions, found, strict=True)
    ]
    count = max(len(ranks), 1)
    return Quality(
        len(ranks),
        sum(rank == 1 for rank in ranks) / count,
        sum(0 < rank <= 10 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
    )


class Report(NamedTuple):
    """What a terminology gave: held-out names under textnorm and peers, calibration, precision, speed."""

    name: str
    quality: dict[str, Quality]
    rates: dict[str, float]  # questions per CPU second
    reliability: list[tuple[float, float, int]]  # mean score, share that was right, how many
    precision: list[tuple[float, float, float]]  # asked for, share that was answered, share that was right

    @property
    def error(self) -> float:
        """Expected calibration error: by how much scores are off, on average."""
        total = sum(count for *_, count in self.reliability)
        return sum(abs(said - right) * count for said, right, count in self.reliability) / max(total, 1)


def compare(name: str, format: str, pack: str, paths: Sequence[str], seed: int, peers: bool) -> Report:
    """Measure textnorm, and other programs if wanted, on one terminology."""
    parts = cut(merged(read(paths, format)), seed)
    texts = [one.text for one in parts.held_out]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "index"
        write_index(parts.kept, target, dict, pack=pack)
        linker = load_linker(target)
        answers, rate = timed(lambda some: linker.answers(some), texts)
        found = {"textnorm": quality(parts.held_out, [_ids(one) for one in answers])}
        rates = {"textnorm": rate}
        asked = parts.mixed(random.Random(seed))
        firsts = _firsts(linker, asked, parts.bearers)
        curve = [_answered(linker, asked, firsts, wanted) for wanted in (0.8, 0.9, 0.95)]
    sample = parts.held_out[:: max(len(parts.held_out) // PEERS_QUERIES, 1)]
    for peer, make in PEERS.items() if peers else ():
        try:
            link = make(parts.kept)
        except ImportError as missing:
            print(f"{peer}: {missing.name} is not installed")
            continue
        lists, rates[peer] = timed(link, [one.text for one in sample])
        found[peer] = quality(sample, lists)
    return Report(name, found, rates, _reliability(firsts), curve)


def merged(found: Any) -> list[Concept]:
    """Records with the same id as one concept, those without a label left out."""
    by_id: dict[str, Concept] = {}
    for one in found:
        old = by_id.setdefault(one.id, one)
        if old is not one:
            by_id[one.id] = old._replace(label=old.label or one.label, aliases=(*old.aliases, *one.aliases))
    return [one for one in by_id.values() if one.label]


def timed(link: Callable[[list[str]], Any], texts: list[str]) -> tuple[Any, float]:
    """What `link` makes of the texts, and texts per CPU second; some go before, uncounted."""
    link(texts[:20])
    start = time.process_time()
    found = link(texts)
    return found, len(texts) / max(time.process_time() - start, 1e-9)


def speed(names: int, seed: int, count: int = 1000) -> tuple[float, float, float]:
    """On made-up names: queries per CPU second in bulk and one by one, and peak memory in MiB so far."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "index"
        write_index(concepts(names, seed), target, dict)
        linker = load_linker(target)
        rng = random.Random(seed)
        total = len(linker.index.alias_concept)
        texts = [noisy(linker.index.alias_text(rng.randrange(total)), ["extra"], rng) for _ in range(count)]
        bulk = timed(linker.answers, texts)[1]
        single = timed(lambda some: [linker(text) for text in some], texts[: count // 4])[1]
    return bulk, single, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _ids(answer: Answer) -> list[str]:
    return [one.id for one in answer.candidates]


def _firsts(
    linker: Linker, asked: Sequence[Question], bearers: dict[str, set[str]]
) -> list[tuple[float, bool]]:
    """The score of each first candidate, 0 where there is none, and whether it is right.

    A concept that has this very name is right as well, whichever concept the name was taken from.
    """
    answers = linker.answers([one.text for one in asked])
    return [
        (
            answer.candidates[0].score,
            answer.candidates[0].id in one.ids | bearers.get(one.text.casefold(), set()),
        )
        if answer.candidates
        else (0.0, False)
        for answer, one in zip(answers, asked, strict=True)
    ]


def _reliability(firsts: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    found = []
    for low, high in pairwise(BINS):
        some = [pair for pair in firsts if low <= pair[0] < high and pair[0] > 0]
        if some:
            count = len(some)
            found.append(
                (sum(said for said, _ in some) / count, sum(right for _, right in some) / count, count)
            )
    return found


def _answered(
    linker: Linker, asked: Sequence[Question], firsts: Sequence[tuple[float, bool]], wanted: float
) -> tuple[float, float, float]:
    least = linker.calibration.threshold(wanted)
    right = [right for score, right in firsts if score >= least]
    return wanted, len(right) / max(len(asked), 1), sum(right) / max(len(right), 1)


def _names(kept: Sequence[Concept]) -> tuple[list[str], list[str]]:
    pairs = [(text, one.id) for one in kept for text in (one.label, *(alias.text for alias in one.aliases))]
    return [text for text, _ in pairs], [id for _, id in pairs]


def _rapidfuzz(kept: Sequence[Concept]) -> Callable[[list[str]], list[list[str]]]:
    """Every name compared with every query, as sorted words."""
    from rapidfuzz import fuzz, process, utils

    names, ids = _names(kept)
    plain = [utils.default_process(name) for name in names]

    def link(texts: list[str]) -> list[list[str]]:
        return [
            list(dict.fromkeys(ids[place] for *_, place in process.extract(
                utils.default_process(text), plain, scorer=fuzz.token_sort_ratio, limit=50)))
            for text in texts
        ]  # fmt: skip

    return link


def _sklearn(kept: Sequence[Concept]) -> Callable[[list[str]], list[list[str]]]:
    """Cosine of character trigrams by TF-IDF, the method of scispaCy's candidate generator, but exact."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    names, ids = _names(kept)
    model = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True, dtype=np.float32)
    matrix = model.fit_transform(names).T.tocsr()

    def link(texts: list[str]) -> list[list[str]]:
        found = []
        for row in (model.transform(texts) @ matrix).tocsr():
            order = row.indices[(-row.data).argsort(kind="stable")[:50]]
            found.append(list(dict.fromkeys(ids[place] for place in order)))
        return found

    return link


def _gilda(kept: Sequence[Concept]) -> Callable[[list[str]], list[list[str]]]:
    """Gilda's grounder over the same names."""
    import gilda
    from gilda.process import normalize

    terms = [
        gilda.Term(
            normalize(text), text, "X", one.id, one.label, "name" if text == one.label else "synonym", "bench"
        )
        for one in kept
        for text in (one.label, *(alias.text for alias in one.aliases))
    ]
    grounder = gilda.make_grounder(terms)
    return lambda texts: [[match.term.id for match in grounder.ground(text)] for text in texts]


PEERS = {"rapidfuzz": _rapidfuzz, "scikit-learn": _sklearn, "gilda": _gilda}
