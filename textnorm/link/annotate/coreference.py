"""One document, one sense, and later short forms of what was named in full before.

After Gale, Church and Yarowsky (One sense per discourse, 1992) and Marujo et al. (2013), conservatively: a
later form counts only where nothing else could be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textnorm.link.annotate.passage import Candidate, Passage
from textnorm.link.annotate.senses import Reading
from textnorm.link.annotate.tokens import is_word

_LATER = 0.8  # how much of its score a mention keeps when it is recognized by its last words only
_LETTERS = 4  # of a last word that may stand for the whole


def one_sense(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; those with several senses take the one that a clear mention elsewhere supports."""
    if not any(one.ambiguous for one in candidates):
        return list(candidates)
    support: dict[str, int] = {}
    for one in candidates:
        if not one.ambiguous:
            id = one.reading.senses[0].id
            support[id] = support.get(id, 0) + 1
    return [_settle(one, support) if one.ambiguous else one for one in candidates]


def _settle(one: Candidate, support: dict[str, int]) -> Candidate:
    best = max(one.reading.senses, key=lambda sense: support.get(sense.id, 0))
    return one.settled(best) if best.id in support else one


def later_forms(
    passage: Passage, mentions: Sequence[Candidate], determiners: Iterable[str], stop: Iterable[str]
) -> list[Candidate]:
    """Last words of earlier mentions that come again after a determiner: "the dystrophy".

    Not where a mention stands anyway, not everyday words, and not where mentions of two concepts end in
    the same words.
    """
    known = frozenset(determiners)
    heads = _heads(passage, mentions, frozenset(stop)) if known else {}
    if not heads:
        return []
    taken = {part for one in mentions for part in range(one.start, one.end)}
    found = []
    forms = {
        form: one
        for word, one in heads.items()
        for form in {word, passage.parts[one.end - 1]}
        if passage.text.count(form) > (form == passage.parts[one.end - 1])
    }
    if not forms:
        return []
    for place in [place for place, part in enumerate(passage.parts) if part in forms]:
        one = forms[passage.parts[place]]
        if (
            one.end <= place
            and place not in taken
            and passage.parts[place - 2].casefold() in known
            and not passage.parts[place - 1].strip()
            and not _goes_on(passage, place, taken)
        ):
            sense = one.reading.senses[0]
            later = type(sense)(
                sense.id, sense.label, round(sense.score * _LATER, 3), sense.types, sense.alias
            )
            found.append(Candidate(place, place + 1, Reading((later,)), "coreference"))
    return found


def _heads(passage: Passage, mentions: Sequence[Candidate], stop: frozenset[str]) -> dict[str, Candidate]:
    """The last word of each mention of several words, unless two concepts share it."""
    heads: dict[str, Candidate | None] = {}
    for one in mentions:
        word = passage.parts[one.end - 1].casefold()
        if one.end - one.start < 3 or one.ambiguous or len(word) < _LETTERS or word in stop:
            continue
        other = heads.setdefault(word, one)
        if other is not None and other.reading.senses[0].id != one.reading.senses[0].id:
            heads[word] = None
    return {word: one for word, one in heads.items() if one is not None}


def _goes_on(passage: Passage, place: int, taken: set[int]) -> bool:
    """Whether the noun phrase goes on after a word, which then is not its head: a mention follows."""
    after = place + 2
    return after < len(passage.parts) and is_word(passage.parts[after]) and after in taken
