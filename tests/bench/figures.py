"""Measured figures: CPU time of functions in this process, wall time and memory of the command line."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

MB = 1_000_000
_PROGRAM = "import sys; from textnorm.cli.main import run; sys.exit(run())"
# One child, started and waited for; prints wall seconds and peak resident memory in KB.
_WATCH = """
import resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class Timing:
    """What a function took for `size` bytes: the first pass by itself, then the best and the median."""

    name: str
    text: str
    size: int
    first: float
    best: float
    median: float
    note: str = ""

    @property
    def rate(self) -> float:
        """MB per CPU second, median pass."""
        return self.size / MB / self.median if self.median else 0.0

    def as_json(self) -> dict[str, object]:
        """All of it, with the rates."""
        return {
            **asdict(self),
            "mb_per_s": round(self.rate, 4),
            "mb_per_s_best": round(self.size / MB / self.best, 4),
            "mb_per_s_first": round(self.size / MB / self.first, 4),
        }


def size_of(blocks: Sequence[str]) -> int:
    """UTF-8 bytes."""
    return sum(len(block.encode()) for block in blocks)


def cut(blocks: Sequence[str], size: int) -> list[str]:
    """The first blocks up to about `size` bytes; a block is cut at a line end if it is too long."""
    found, left = [], size
    for block in blocks:
        if left <= 0:
            break
        width = len(block.encode())
        if width > left:
            end = block.find("\n", int(len(block) * left / width)) + 1
            block = block[: end or len(block)]
        found.append(block)
        left -= width
    return found


def measure(
    name: str,
    text: str,
    function: Callable[[str], object],
    passes: Sequence[Sequence[str]],
    note: str = "",
) -> Timing:
    """CPU time of `function` over all blocks, once for each of `passes` (other text, same kind)."""
    seconds = []
    for blocks in passes:
        start = time.process_time()
        for block in blocks:
            function(block)
        seconds.append(time.process_time() - start)
    size = sum(size_of(blocks) for blocks in passes) // len(passes)
    return Timing(name, text, size, seconds[0], min(seconds), statistics.median(seconds), note)


def command(*arguments: str) -> list[str]:
    """The textnorm program with these arguments, run by this Python."""
    return [sys.executable, "-c", _PROGRAM, *arguments]


def watched(arguments: Sequence[str]) -> tuple[float, float]:
    """Wall seconds and peak resident megabytes (of the largest process) of a program that must succeed."""
    done = subprocess.run(
        [sys.executable, "-c", _WATCH, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments[-4:])}: {done.stderr.strip()}")
    wall, peak = done.stdout.split()
    unit = 1 if sys.platform == "darwin" else 1024
    return float(wall), float(peak) * unit / MB


def start_time(lang: str, line: str, repeats: int = 7) -> list[float]:
    """Wall seconds from the start of `textnorm normalize` to its first line of output, sorted."""
    seconds = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        child = subprocess.Popen(
            command("normalize", "--lang", lang), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(f"{line}\n".encode())
        child.stdin.flush()
        child.stdout.readline()
        seconds.append(time.perf_counter() - start)
        child.communicate()
    return sorted(seconds[1:])  # the first one may have to fill the cache of packs


@dataclass(frozen=True, slots=True)
class Cli:
    """The command line as a user meets it."""

    start: float
    start_worst: float
    peak: dict[str, float]  # file size in MB → peak resident MB
    wall: dict[str, float]  # "-j N" → seconds
    processors: int

    @property
    def speedup(self) -> float:
        """Wall time with one process over wall time with two."""
        return self.wall["-j 1"] / self.wall["-j 2"]


def cli(lang: str, text: str, sizes: Sequence[int], parallel_size: int, repeats: int = 7) -> Cli:
    """Start, memory for each of `sizes` (bytes; the text is repeated to fill them), two processes."""
    starts = start_time(lang, "Gimė 2024 m. sausio 5 d. Vilniuje.", repeats)
    peak = {}
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "in.txt")
        for size in sizes:
            _fill(path, text, size)
            _, peak[f"{size / MB:g}"] = watched(command("normalize", "--lang", lang, "-j", "1", path))
        _fill(path, text, parallel_size)
        wall = {}
        for jobs in ("1", "2"):
            runs = [watched(command("normalize", "--lang", lang, "-j", jobs, path))[0] for _ in range(2)]
            wall[f"-j {jobs}"] = min(runs)
    return Cli(statistics.median(starts), starts[-1], peak, wall, os.cpu_count() or 1)


def _fill(path: str, text: str, size: int) -> None:
    data = text.encode()
    with open(path, "wb") as file:
        left = size
        while left > 0:
            part = data if len(data) <= left else data[: data.find(b"\n", left - 1) + 1 or len(data)]
            file.write(part)
            left -= len(part)
