"""Passes over tokens: what stands alone is worked out once, what depends on neighbours in its place."""

from __future__ import annotations

from textnorm.document import compose, place, replay
from textnorm.evaluate.lexical import by_tokens
from textnorm.learn.parts import ContextEntry, Entry, Learned
from textnorm.learn.running import run

LEARNED = Learned(
    lower=r"\p{Lu}{2,}",
    entries=(Entry("u", "you", 9, 9), Entry("gonna", "going to", 3, 3), Entry("umm", "", 2, 2)),
    contexts=(ContextEntry("2", "", "go", "to", 3, 3), ContextEntry("2", "me", "", "too", 4, 5)),
    starts=("line", "question"),
    words={"you": 9, "going": 3},
)
LINES = [
    ["U", "gonna", "want", "2", "go", "?", "me", "2", "!"],
    ["umm", "hello", "2", "(u)"],
    ["me", "umm", "2"],
    ["STOP", "umm"],
    [],
]


def test_passes_and_tokens_agree() -> None:
    """Tokens become what the passes of the engine make of the whole line."""
    passes = [step for _, step in LEARNED.passes()]
    for tokens, found in zip(LINES, run(passes, LINES), strict=True):
        text = current = " ".join(tokens)
        edits: tuple = ()  # type: ignore[type-arg]
        for step in passes:
            new = place(step.edits(current))
            edits, current = compose(text, edits, current, new), replay(current, new)
        assert by_tokens(tokens, edits) == found


def test_what_tokens_become() -> None:
    """Contexts look past blanks, capitals go to the first token that is left, what is gone stays away."""
    found = run([step for _, step in LEARNED.passes()], LINES)
    assert found[0] == ["You", "going to", "want", "to", "go", "?", "Me", "too", "!"]
    assert found[1] == ["", "Hello", "2", "(you)"]
    assert found[3:] == [["Stop", ""], []]
