"""The written side: `write` templates filled in.

`{n}` is the field as it is written, a number in groups of digits where it is long; `{n:spoken}` the
words as they stood; `{n:pad 2}` has at least two digits; `{n:groups 1 3 5}` shows the characters in
groups of these sizes, the last repeating to the end.
"""

from __future__ import annotations

from textnorm.errors import PackError
from textnorm.grammar.template import Absent, Call, Optional, Part, Template
from textnorm.inverse.source import Fields, Got

_GROUPED_FROM = 5  # digits from which a number is written in groups of three


def write(template: Template, got: Fields, raw: str) -> str:
    """The written form; raises Absent where a field has no value."""
    return _parts(template.parts, got, raw)


def _parts(parts: tuple[Part, ...], got: Fields, raw: str) -> str:
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
        elif isinstance(part, Optional):
            try:
                pieces.append(_parts(part.parts, got, raw))
            except Absent:
                continue
        else:
            pieces.append(_call(part, got, raw))
    return "".join(pieces)


def _call(call: Call, got: Fields, raw: str) -> str:
    field = got.get(call.name)
    if field is None or not field.value:
        raise Absent(call.name)
    if call.op == "spoken":
        return raw[field.start : field.end]
    if call.op == "pad":
        return field.value.zfill(int(call.args[0]))
    if call.op == "groups":
        return _groups(field.value, [int(size) for size in call.args])
    return _number(field) if field.number else field.value


def _number(field: Got) -> str:
    digits = field.value
    if len(digits) < _GROUPED_FROM or not digits.isdecimal():
        return digits
    head = len(digits) % 3
    groups = [digits[start : start + 3] for start in range(head, len(digits), 3)]
    return " ".join([digits[:head], *groups] if head else groups)


def _groups(text: str, sizes: list[int]) -> str:
    groups: list[str] = []
    while text and sizes:
        size = sizes[min(len(groups), len(sizes) - 1)]
        groups.append(text[:size])
        text = text[size:]
    return " ".join(groups)


def check(template: Template) -> None:
    """Raise PackError for a call that the written side does not know."""
    for call in template.calls():
        if call.op not in ("", "spoken", "pad", "groups"):
            raise PackError(f"unknown operation {call.op!r} in `write`", remedy="one of: spoken pad groups")
        if call.op in ("pad", "groups") and not (
            call.args and all(a.isdecimal() and int(a) for a in call.args)
        ):
            raise PackError(f"{call.op!r} in `write` needs numbers", remedy="e.g. {n:pad 2} {n:groups 3 3 2}")
