"""Which letters may be edited, and into what: the mask that no edit of a tagger can leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST = 8  # readings that a letter may have besides itself


class Mask:
    """The letters as typed that may be edited, with the texts that each may be read as besides itself."""

    def __init__(self, edits: Mapping[str, Sequence[str]]) -> None:
        for plain, others in edits.items():
            if len(plain) != 1 or not 0 < len(others) <= MOST or plain in others:
                raise ValueError(f'"{plain}" cannot stand for "{"".join(others)}"')
        self.edits = {plain: tuple(others) for plain, others in sorted(edits.items())}
        self.most = max(map(len, self.edits.values()), default=0)


class Letters(Mask):
    """The letters of a pack that may be typed for others, with the letters they may stand for.

    Built from one entry for each lower-case letter as typed (`{"e": "ęė"}`); capitals follow.
    """

    def __init__(self, edits: Mapping[str, str]) -> None:
        super().__init__(edits)
        pairs = {other: plain for plain, others in self.edits.items() for other in others}
        if len(pairs) != sum(map(len, self.edits.values())) or pairs.keys() & self.edits.keys():
            raise ValueError("a letter is listed twice")
        pairs |= {other.upper(): plain.upper() for other, plain in pairs.items()}
        self._plain = str.maketrans(pairs)
        self.marked = frozenset(pairs)

    def plain(self, text: str) -> str:
        """The text with every letter as it is typed."""
        return text if self.marked.isdisjoint(text) else text.translate(self._plain)

    def written(self, typed: str, reading: str) -> str:
        """A reading in lower case with the capitals of the typed word, letter by letter."""
        if typed.islower():
            return reading
        return "".join(
            char.upper() if shown.isupper() else char for shown, char in zip(typed, reading, strict=True)
        )
