"""Conditions compiled to one function."""

from __future__ import annotations

import pytest

from textnorm.errors import PackError
from textnorm.grammar.code import Code, every, field, some
from textnorm.grammar.context import REACH, Context, compiling_late
from textnorm.memo import Memo

AT = Context("su 5 km iki", 3, 7)


def test_parts_become_one_expression() -> None:
    """Fields, objects and places are named in it."""
    code = Code()
    source = every(
        [
            f"{field('n')} == {code.name('5')}",
            code.before("su "),
            some([code.after(" nuo"), code.after(" iki")]),
        ]
    )
    holds = code.function(source)
    assert holds({"n": "5"}, AT)
    assert not holds({"n": "6"}, AT)
    assert not holds({}, AT)
    assert not holds({"n": "5"}, Context("be 5 km iki", 3, 7))


def test_nothing_asked_and_nothing_offered() -> None:
    """All of nothing holds, one of nothing does not."""
    assert Code().function(every([]))({}, AT)
    assert not Code().function(some([]))({}, AT)


def test_whole_and_line() -> None:
    """The match from end to end, the line anywhere."""
    code = Code()
    assert code.function(every([code.whole(r"\d km"), code.line("iki$"), f"not ({code.whole('.')})"]))({}, AT)


def test_the_left_is_seen_as_far_as_the_reach() -> None:
    """What lies farther away cannot be asked for."""
    code = Code()
    holds = code.function(code.before("ba*"))
    near, far = "b" + "a" * (REACH - 1), "b" + "a" * REACH
    assert holds({}, Context(near + "5", len(near), len(near) + 1))
    assert not holds({}, Context(far + "5", len(far), len(far) + 1))


def test_late_patterns_compile_at_their_first_call() -> None:
    """A wrong one is an error then, and a right one goes on as if it had been there."""
    with compiling_late():
        code = Code()
        holds = code.function(code.before("su "))
        wrong = Code()
        broken = wrong.function(wrong.after("("))
    assert holds({}, AT)
    assert holds({}, AT)
    with pytest.raises(PackError, match="pattern"):
        broken({}, AT)


def test_tables_answer_for_fields() -> None:
    """A table that fills itself is looked up by the text of a field."""
    code = Code()
    holds = code.function(f"{code.name(Memo(str.isdecimal))}[{field('n')}]")
    assert holds({"n": "5"}, AT)
    assert not holds({"n": None}, AT)
