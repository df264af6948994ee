"""The whole way from pairs and plain text to a model that can be used."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from textnorm.errors import InputError
from textnorm.fallback.tokens import TOKEN, is_askable
from textnorm.neural.answers import ByteModel
from textnorm.neural.check import Check, check
from textnorm.neural.engine import open_engine
from textnorm.neural.examples import Source, window_at
from textnorm.neural.noise import Sentence, estimate
from textnorm.neural.settings import Settings, write_settings
from textnorm.neural.train import Plan, Training, fresh_folder
from textnorm.stream.codec import make_codec
from textnorm.stream.textlines import text_lines

_HELD_BACK = 33  # one sentence of so many is kept for the check
_MOST_CHECKED = 3000  # sentences
_TAUGHT = 500  # sentences that a teacher is asked about at a time


@dataclass(frozen=True, slots=True)
class Material:
    """Sentences of pairs, clean sentences, where all of it comes from, and pairs that a teacher made."""

    pairs: Sequence[Sentence]
    clean: Sequence[Sequence[str]]
    origins: Sequence[str]
    taught: Sequence[Sentence] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is trained: see `Plan` and `Settings`; `start` is the folder of a model, or None."""

    plan: Plan
    settings: Settings
    start: Path | None = None
    size: str = "tiny"
    strength: float = 1.0


def make(
    material: Material, recipe: Recipe, folder: Path, resume: bool, tell: Callable[[int, float], None]
) -> Check:
    """Train a model into `folder`, with its settings, its origins and how well it did; returns the last.

    Raises InputError if there is nothing to train on or the folder is in use.
    """
    if not material.pairs:
        raise InputError("no pairs to learn from", remedy="give a file of pairs of words")
    fresh_folder(folder, resume)
    held = list(material.pairs[::_HELD_BACK])[:_MOST_CHECKED] if len(material.pairs) > 1 else []
    seen = [s for number, s in enumerate(material.pairs) if number % _HELD_BACK or len(material.pairs) == 1]
    noise = Source(clean=material.clean, noise=estimate(seen, recipe.strength)) if material.clean else None
    training = Training(
        folder,
        recipe.settings,
        recipe.plan,
        start=recipe.start,
        size=recipe.size,
        material=_digest(material, recipe),
    )
    training.run(noise, Source(pairs=[*seen, *material.taught]), tell)
    training.save()
    result = check(open_engine(folder, recipe.settings, "transformers"), held, recipe.settings.lower)
    settings = replace(recipe.settings, threshold=result.threshold)
    write_settings(folder, settings)
    (folder / "origins.json").write_text(_origins(material, recipe, training.done, result), encoding="utf-8")
    training.drop_checkpoint()
    return result


def label(teacher: ByteModel, lines: Sequence[Sequence[str]], threshold: float | None) -> Iterator[Sentence]:
    """Sentences of pairs as a model that knows more sees them, for a smaller one to learn from.

    A word that the teacher is less sure of than `threshold` stays as it is.
    """
    for first in range(0, len(lines), _TAUGHT):
        sentences = [[(word, word) for word in words] for words in lines[first : first + _TAUGHT]]
        asked = [
            (sentence, place)
            for sentence in sentences
            for place, (word, _) in enumerate(sentence)
            if is_askable(word)
        ]
        answers = teacher.answers([window_at(*one, teacher.reach) for one in asked])
        for (sentence, place), (answer, logprob) in zip(asked, answers, strict=True):
            if answer and (threshold is None or logprob >= threshold):
                sentence[place] = sentence[place][0], answer
        yield from sentences


def read_sentences(paths: Sequence[str]) -> list[list[str]]:
    """The lines of text files, cut as the stage of a pack cuts them; those without a letter are left out."""
    found = map(TOKEN.findall, text_lines(paths, make_codec("utf-8", "strict")))
    return [words for words in found if any(map(str.isalpha, "".join(words)))]


def _digest(material: Material, recipe: Recipe) -> str:
    """Tells one set of sentences, respelled with one strength, from another."""
    digest = sha256(repr(recipe.strength).encode())
    for sentences in (material.pairs, material.clean, material.taught):
        digest.update(b"\n")
        for sentence in sentences:
            digest.update(repr(tuple(sentence)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _origins(material: Material, recipe: Recipe, steps: int, result: Check) -> str:
    plan = recipe.plan
    facts = {
        "made from": list(material.origins),
        "start": str(recipe.start) if recipe.start else recipe.size,
        "steps": steps,
        "of them on noise": min(plan.synthetic if material.clean else 0, steps),
        "examples a step": plan.batch,
        "rate": plan.rate,
        "seed": plan.seed,
        "held-back tokens": result.tokens,
        "to be changed": result.changed,
        "changed rightly": result.right,
        "changed needlessly": result.harmful,
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
