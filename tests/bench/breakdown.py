"""Where the time of `normalize` goes, by sampling: the stack is looked at every millisecond of CPU time.

A sample counts for the innermost function that the table below names. Time in C code (`regex`, RE2)
counts for the Python function that called it. Sampling costs little, so unlike with cProfile small
functions are not made to look expensive.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from types import FrameType
from typing import Any

# (file, function or "*") → part; the innermost frame that is listed decides.
_PARTS: dict[tuple[str, str], str] = {
    ("gate.py", "at"): "gate set",
    ("gate.py", "*"): "gate scan",
    ("compiled.py", "find"): "matching",
    ("compiled.py", "pattern"): "matching",
    ("compiled.py", "fails"): "conditions",
    ("predicates.py", "*"): "conditions",
    ("compiled.py", "read"): "cues",
    ("compiled.py", "prepare"): "compiling rules",
    ("compiled.py", "_render"): "verbalization",
    ("cues.py", "*"): "cues",
    ("governors.py", "*"): "cues",
    ("template.py", "render"): "verbalization",
    ("rules.py", "*"): "resolve, splice",
    ("sentence.py", "*"): "resolve, splice",
    ("unicode.py", "*"): "other stages",
    ("charmap.py", "*"): "other stages",
    ("lexicon.py", "*"): "other stages",
    ("spaces.py", "*"): "other stages",
}
_FINDS = ("match", "cluster", "search")  # functions of rules.py that only collect matches
PARTS = (
    "gate scan",
    "gate set",
    "matching",
    "conditions",
    "cues",
    "verbalization",
    "resolve, splice",
    "compiling rules",
    "other stages",
    "rest",
)


@dataclass(slots=True)
class Profile:
    """Samples by part, and by function (its own time and that of what it calls)."""

    seconds: float = 0.0
    parts: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)

    def share(self, part: str) -> float:
        """The share of a part, 0 to 1."""
        return self.parts[part] / max(1, self.parts.total())

    def top(self, counter: Counter[str], count: int) -> list[tuple[str, float]]:
        """The functions with the largest shares."""
        samples = max(1, self.parts.total())
        return [(name, n / samples) for name, n in counter.most_common(count)]

    def as_json(self) -> dict[str, object]:
        """Shares of all parts and of the leading functions."""
        return {
            "seconds": self.seconds,
            "samples": self.parts.total(),
            "parts": {part: round(self.share(part), 4) for part in PARTS},
            "own": dict(self.top(self.own, 25)),
        }


def profile(function: Callable[[str], object], blocks: Sequence[str], interval: float = 0.001) -> Profile:
    """The profile of `function` over all blocks."""
    found = Profile()

    def sample(number: int, frame: FrameType | None) -> None:
        found.parts[_part(frame)] += 1
        seen = set()
        first = True
        while frame is not None and frame.f_code is not run.__code__:
            name = _name(frame)
            if first:
                found.own[name] += 1
                first = False
            if name not in seen:
                seen.add(name)
                found.total[name] += 1
            frame = frame.f_back

    def run() -> None:
        for block in blocks:
            function(block)

    before: Any = signal.signal(signal.SIGPROF, sample)
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, interval, interval)
    try:
        run()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    found.seconds = time.process_time() - start
    return found


def _name(frame: FrameType) -> str:
    code = frame.f_code
    return f"{PurePath(code.co_filename).name}:{getattr(code, 'co_qualname', code.co_name)}"


def _part(frame: FrameType | None) -> str:
    while frame is not None:
        file = PurePath(frame.f_code.co_filename).name
        name = frame.f_code.co_name
        if file == "rules.py" and any(word in name for word in _FINDS):
            return "matching"
        part = _PARTS.get((file, name)) or _PARTS.get((file, "*"))
        if part:
            return part
        frame = frame.f_back
    return "rest"
