"""JSON Lines: one field changes, every other byte stays."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.errors import InputError
from textnorm.stream.codec import make_codec
from textnorm.stream.jsonl import JsonlWork, dump, scan_object
from textnorm.stream.lines import Detail


@pytest.fixture
def work(fives: Any) -> Any:
    """Makes the work for the field "t"."""

    def make(**more: Any) -> JsonlWork:
        return JsonlWork(fives, fives.explain, "t", **more)

    return make


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"t": "5 d."}', '{"t": "fünf d."}'),
        (
            '{"id": 1.10, "big": 1e400, "t":"5", "n": -0.0}',
            '{"id": 1.10, "big": 1e400, "t":"fünf", "n": -0.0}',
        ),
        (f'{{"n": {"9" * 5000}, "t": "5"}}', f'{{"n": {"9" * 5000}, "t": "fünf"}}'),
        ('{"z": "ą", "a": {"t": "5"}, "t": "\\u0105 5"}', '{"z": "ą", "a": {"t": "5"}, "t": "ą fünf"}'),
        ('{"z": "\\u0105\\/", "t": "\\u0105"}', '{"z": "\\u0105\\/", "t": "\\u0105"}'),
        ('{"t": "5\\n5\\t\\"5\\""}', '{"t": "fünf\\nfünf\\t\\"fünf\\""}'),
        ('  { "t" :  "5" , "x" : [ ] } \r', '  { "t" :  "fünf" , "x" : [ ] } \r'),
        ('{"\\u0074": "5"}', '{"\\u0074": "fünf"}'),
        ('{"t": null, "x": 5}', '{"t": null, "x": 5}'),
        ('{"t": "5", "t": "5 5"}', '{"t": "5", "t": "fünf fünf"}'),
        ('{"t": "5 \\ud800"}', '{"t": "fünf \\ud800"}'),
        ("", ""),
        (" \r", " \r"),
    ],
)
def test_only_the_field_changes(line: str, expected: str, work: Any, through: Any) -> None:
    """Key order, spacing, numbers, escapes, nested fields of the same name: all stay as written."""
    assert through(work(), f"{line}\n{line}".encode()).decode() == f"{expected}\n{expected}"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"t": "5", "x": 1}', '{"t": "5", "x": 1, "out": "fünf"}'),
        ('{"t":"5","x":1}', '{"t":"5","x":1,"out":"fünf"}'),
        ('{"out": 7, "t": "5"}', '{"out": "fünf", "t": "5"}'),
        ('{"t": "\\u0105"}', '{"t": "\\u0105", "out": "\\u0105"}'),
        ('{"t": null}', '{"t": null, "out": null}'),
    ],
)
def test_the_result_may_go_to_another_field(line: str, expected: str, work: Any, through: Any) -> None:
    """With an out field the old one stays; a new key is spaced like the others."""
    assert through(work(out_field="out"), line.encode()).decode() == expected


def test_edits_are_listed(work: Any, through: Any) -> None:
    """With edits each object gets the list of its changes, offsets in code points."""
    done = json.loads(through(work(edits=True), '{"t": "ą\\n5"}'.encode()))
    edit = {"rule": "xx.five", "class": "NUM", "start": 2, "end": 3, "before": "5", "after": "fünf"}
    assert done == {"t": "ą\nfünf", "edits": [{**edit, "out_start": 2, "out_end": 6}]}
    assert json.loads(through(work(edits=True), b'{"t": null}')) == {"t": None, "edits": []}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"t": "5"', "in.txt:2:10: not valid JSON: Expecting ',' or '}'"),
        ('{"t": "5" "u": 1}', "in.txt:2:10: not valid JSON: Expecting ',' or '}'"),
        ('{"t": "5",}', "in.txt:2:11: not valid JSON: Expecting a key in double quotes"),
        ("{'t': 5}", "in.txt:2:2: not valid JSON: Expecting a key in double quotes"),
        ('{"t" "5"}', "in.txt:2:5: not valid JSON: Expecting ':'"),
        ('{"t": }', "in.txt:2:7: not valid JSON: Expecting a value"),
        ('{"t": "a\tb"}', "in.txt:2:9: not valid JSON: Invalid control character at"),
        ('{"t": "5"} 5', "in.txt:2:12: not valid JSON: Extra data"),
        ('["5"]', "in.txt:2:1: not valid JSON: Expecting an object"),
        ("5", "in.txt:2:1: not valid JSON: Expecting an object"),
        ('{"a": ' + "[" * 100_000 + "}", "in.txt:2: JSON nested too deeply"),
        ('{"a": "5", "b": 1}', "in.txt:2: no field 't' in this object (its fields: a, b)"),
        ("{}", "in.txt:2: no field 't' in this object (its fields: none)"),
        ('{"t": [5]}', "in.txt:2: field 't' is not a string: [5] (name a --field that holds text)"),
    ],
)
def test_a_faulty_line_is_named(line: str, message: str, work: Any, through: Any) -> None:
    """The error names file, line and column; what comes before that line is written."""
    with pytest.raises(InputError) as caught:
        through(work(), f'{{"t": "5"}}\n{line}\n{{"t": "5"}}\n'.encode())
    assert str(caught.value).startswith(message)
    assert through.written == '{"t": "fünf"}\n'.encode()


def test_a_byte_order_mark_is_no_json(work: Any, through: Any) -> None:
    """A mark before the first object stays where it is."""
    assert through(work(), b'\xef\xbb\xbf{"t": "5"}\n') == '\ufeff{"t": "fünf"}\n'.encode()


def test_other_encodings_come_through(work: Any, through: Any) -> None:
    """JSON Lines in UTF-16 stay so."""
    source = '{"t": "5"}\r\n'.encode("utf-16")
    assert through(work(), source, codec=make_codec("utf-16")) == '{"t": "fünf"}\r\n'.encode("utf-16")


def test_changes_are_noted_if_asked_for(work: Any, through: Any) -> None:
    """Each changed line is noted with its number, and edits are counted by class."""
    through(work(detail=Detail(changes=True, counts=True)), b'{"t": "a"}\n{"t": "55"}\n')
    (result,) = through.results
    assert [(change.line, change.before) for change in result.changes] == [(2, b'{"t": "55"}')]
    assert dict(result.counts) == {"NUM": 2}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(max_size=3), JSON, max_size=5)


@given(OBJECTS, st.booleans(), st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : ")]))
def test_the_scan_finds_every_value(value: dict[str, Any], ascii_only: bool, seps: tuple[str, str]) -> None:
    """What stands at a place is the value of its key, for any object written in any way."""
    line = json.dumps(value, ensure_ascii=ascii_only, separators=seps)
    places = scan_object(line)
    assert list(places) == list(value)
    assert {key: line[low:high] for key, (low, high) in places.items()} == {
        key: json.dumps(item, ensure_ascii=ascii_only, separators=seps) for key, item in value.items()
    }


@given(st.text() | st.characters(categories=["Cs"]))
def test_what_is_dumped_can_be_written_and_read(text: str) -> None:
    """Any string becomes JSON that UTF-8 can hold."""
    assert json.loads(dump(text).encode()) == text
