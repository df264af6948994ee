"""The one family of errors that a user of textnorm meets.

Every message is one line that names the place, the offending text and the remedy, so that the
command line can print it as it is.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file: `line` and `column` count from 1; 0 means "the whole file"."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


class TextnormError(Exception):
    """Base class: a message, where it happened, and what to do about it."""

    def __init__(self, message: str, *, at: Location | None = None, remedy: str = "") -> None:
        self.message, self.at, self.remedy = message, at, remedy
        where = f"{at}: " if at else ""
        hint = f" ({remedy})" if remedy else ""
        super().__init__(f"{where}{message}{hint}")

    def __reduce__(self) -> tuple[object, ...]:
        """Keep errors picklable across worker processes despite the keyword arguments."""
        return _rebuild, (type(self), self.message, self.at, self.remedy)


def _rebuild(kind: type[TextnormError], message: str, at: Location | None, remedy: str) -> TextnormError:
    return kind(message, at=at, remedy=remedy)


class PackError(TextnormError):
    """A rule pack, or one of its files, cannot be used as it stands."""


class InputError(TextnormError):
    """Input text or an input file cannot be read as asked."""
