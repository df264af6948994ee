"""A folder of small source files, written by hand, and the concepts in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from textnorm.link.concept import Concept
from textnorm.link.sources import Reading, read


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Reading]:
    """Returns reading(format, options, **{name of a file: text}): the files, to be read as this format."""

    def made(format: str, files: dict[str, str | bytes], **options: Any) -> Reading:
        paths = []
        for name, content in files.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(str(path))
        return read(paths, format, **options)

    return made


@pytest.fixture
def concepts(reading: Callable[..., Reading]) -> Callable[..., list[Concept]]:
    """Returns concepts(format, files, **options): all records of the files."""
    return lambda *arguments, **options: list(reading(*arguments, **options))


@pytest.fixture
def skipped() -> Callable[[Reading], dict[str, tuple[int, int]]]:
    """Returns skipped(reading): why things were skipped, how many, and the line of the first."""

    def told(reading: Reading) -> dict[str, tuple[int, int]]:
        found = [item for file in reading.files for item in file.skipped.items()]
        return {reason: (skip.count, skip.at.line) for reason, skip in found}

    return told
