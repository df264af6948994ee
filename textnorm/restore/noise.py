"""Synthetic noise: clean text as somebody would type it in the script of another language.

Made word by word: of all words a given share is respelled by the script map, as in arXiv 2305.16407.
"""

from __future__ import annotations

import random

from textnorm.restore.scriptmap import ScriptMap
from textnorm.restore.tokens import tokens


class Noise:
    """Respells `level` percent of the words; the same seed and text give the same noise.

    With `even`, all ways to type a letter are equally likely, whatever the shares of the map.
    """

    def __init__(self, script_map: ScriptMap, level: float, seed: int, even: bool = False) -> None:
        self._map = script_map
        self._share = level / 100
        self._rng = random.Random(seed)
        self._even = even

    def __call__(self, text: str) -> str:
        """The text with noise; calls continue where the last one left off."""
        return "\n".join([self._line(line) for line in text.split("\n")])

    def _line(self, line: str) -> str:
        pieces: list[str] = []
        last = 0
        for token in tokens(line):
            if self._rng.random() < self._share:
                pieces += (line[last : token.start], self._map.respell(token.text, self._rng, self._even))
                last = token.end
        return "".join((*pieces, line[last:]))
