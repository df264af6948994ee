"""A small dictionary and context rules for the tests of annotation."""

from collections.abc import Callable, Sequence

import pytest

from textnorm.link.annotate.annotator import Annotator, Options
from textnorm.link.annotate.context.load import load_contexts
from textnorm.link.annotate.context.scope import Context
from textnorm.link.annotate.dictionary import Safety
from textnorm.link.annotate.names import Names
from textnorm.link.arrays import Memory
from textnorm.link.build import build
from textnorm.link.concept import Alias, Concept
from textnorm.link.keys import Keys
from textnorm.link.store import Index

CONCEPTS = (
    Concept("D:1", "hypertrophic cardiomyopathy", types=("disease",)),
    Concept("D:2", "familial hypertrophic cardiomyopathy", types=("disease",)),
    Concept("D:3", "gonorrhoea", (Alias("GC"),), types=("disease",)),
    Concept("D:4", "multiple sclerosis", (Alias("MS"),), types=("disease",)),
    Concept("D:5", "mitral stenosis", (Alias("MS"),), types=("disease",)),
    Concept("D:6", "Duchenne muscular dystrophy", types=("disease",)),
    Concept("D:7", "acute lymphoblastic leukemia", (Alias("ALL"),), types=("disease",)),
    Concept("D:8", "fever", (Alias("pyrexia"),), types=("symptom",)),
    Concept("D:9", "cough", types=("symptom",)),
    Concept("D:10", "common cold", (Alias("cold"),), types=("disease",)),
    Concept("D:11", "lung cancer", types=("disease",)),
    Concept("D:12", "cancer", types=("disease",)),
    Concept("D:13", "Diabetes Mellitus, Type 2", types=("disease",)),
    Concept("D:14", "Crohn's disease", types=("disease",)),
    Concept("D:15", "chronic obstructive pulmonary disease", (Alias("COPD"),), types=("disease",)),
    Concept("D:16", "influenza", (Alias("flu"),), types=("disease",)),
    Concept("D:17", "pressure ulcer", (Alias("ulcer", "related"),), types=("disease",)),
    Concept("D:18", "peptic ulcer", (Alias("ulcer", "exact"),), types=("disease",)),
    Concept("D:19", "leg ulcer", (Alias("ulcer", "exact"),), types=("symptom",)),
)

Make = Callable[..., Annotator]


@pytest.fixture(scope="session")
def index() -> Index:
    """The concepts above as an index."""
    return build(CONCEPTS, Memory(), Keys())


@pytest.fixture(scope="session")
def english() -> Context:
    """The English context rules of the medical pack."""
    return next(one for one in load_contexts("medical") if one.language.lang == "en")


@pytest.fixture(scope="session")
def annotate(index: Index, english: Context) -> Make:
    """Makes an annotator with options, and with users' names: a text and the number of a concept."""

    def make(user: Sequence[tuple[str, int]] = (), **options: object) -> Annotator:
        return Annotator(
            Names(index, user),
            safety=Safety(frozenset(("cold",))),
            contexts=[english],
            options=Options(**options),  # type: ignore[arg-type]
        )

    return make
