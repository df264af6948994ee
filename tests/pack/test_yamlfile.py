from __future__ import annotations

import pytest

from textnorm.errors import Location, PackError
from textnorm.pack.textfile import decode
from textnorm.pack.yamlfile import blank_tests, parse_yaml, where


def refusal(text: str) -> str:
    """The error for a document."""
    with pytest.raises(PackError) as caught:
        parse_yaml(text, "f.yaml")
    return str(caught.value)


def test_every_scalar_stays_the_string_that_was_written() -> None:
    """Nothing is turned into a number, a time, a boolean or a null."""
    text = "a: 12:30\nb: no\nc: 1e3\nd: 0x1F\ne: ~\nf: null\ng: 2024-01-05\nh: .5\ni: 'on'\n"
    assert list(parse_yaml(text, "f").values()) == [
        "12:30", "no", "1e3", "0x1F", "~", "null", "2024-01-05", ".5", "on",
    ]  # fmt: skip


def test_missing_value_is_an_empty_string() -> None:
    """A key without a value, a quoted nothing and an empty list entry are all ''."""
    assert parse_yaml("a:\nb: ''\nc:\n  -\n  - x\n", "f") == {"a": "", "b": "", "c": ["", "x"]}


def test_nested_trees_are_dicts_and_lists() -> None:
    """Flow and block style give the same tree."""
    block = parse_yaml("a:\n  b:\n    - c: d\n    - e\n", "f")
    assert block == parse_yaml("a: {b: [{c: d}, e]}\n", "f") == {"a": {"b": [{"c": "d"}, "e"]}}


def test_where_points_at_nodes_keys_and_values() -> None:
    """Mappings, entries of lists, keys and values all have their line and column."""
    tree = parse_yaml("a: x\nrules:\n  - id: one\n    match: 'y'\n", "f")
    assert where(tree) == Location("f", 1, 1)
    assert where(tree["rules"], 0) == Location("f", 3, 5)
    assert where(tree["rules"][0], "match") == Location("f", 4, 12)
    assert where(tree["rules"][0], "match", name=True) == Location("f", 4, 5)
    assert where(tree["rules"][0], "gone") == Location("f", 3, 5)


def test_columns_count_characters() -> None:
    """A column is a number of characters, whatever their width in bytes."""
    tree = parse_yaml("{žžž: ሀ, b: c}\n", "f")
    assert where(tree, "b") == Location("f", 1, 13)


def test_byte_order_mark_and_crlf_are_accepted() -> None:
    """Files from Windows editors read like any other."""
    assert parse_yaml(decode(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "f"), "f") == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 'f.yaml:3:1: key "a" occurs twice (first on line 1; keep one)'),
        ("a: {b: 1, b: 2}\n", 'f.yaml:1:11: key "b" occurs twice (first on line 1; keep one)'),
        ("a: &x 1\n", 'f.yaml:1:4: anchor "&x" (write the value out, or use a macro)'),
        ("a: *x\n", 'f.yaml:1:4: alias "*x" (write the value out, or use a macro)'),
        ("a: !!int 1\n", 'f.yaml:1:4: tag "tag:yaml.org,2002:int" (leave it out: every value is a string)'),
        ("a: !x {}\n", 'f.yaml:1:4: tag "!x" (leave it out: every value is a string)'),
        ("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document starts here (use one file for each document)"),
        ("- a\n", "f.yaml:1:1: the file does not hold a mapping (start with 'format: 1')"),
        ("just text\n", "f.yaml:1:1: the file does not hold a mapping (start with 'format: 1')"),
        ("# nothing\n", "f.yaml: this file is empty (start with 'format: 1')"),
        (
            "{[a]: 1}\n",
            "f.yaml:1:2: a key that is not a plain string (quote a key that starts with a bracket)",
        ),
        ("a:\n\tb: 1\n", "f.yaml:2:1: a tab (indent with spaces; in a pattern write \\t)"),
        (
            "a: 'x\u2028y'\n",
            'f.yaml:1:6: the invisible character U+2028 (write it as an escape, "\\u2028" in double quotes)',
        ),
        (
            "a: b: c\n",
            'f.yaml:1:5: not valid YAML: mapping values are not allowed in this context in "a: b: c"'
            " (put a value that contains ': ' in single quotes)",
        ),
        (
            "a: 'b\n",
            "f.yaml:2:1: not valid YAML: while scanning a quoted scalar, found unexpected end of stream"
            " at the end of the file (close the quote; inside single quotes write '' for one)",
        ),
        (
            "a: @b\n",
            "f.yaml:1:4: not valid YAML: while scanning for the next token, found character that cannot"
            ' start any token in "a: @b" (put the value in single quotes)',
        ),
    ],
)
def test_what_surprises_is_refused(text: str, message: str) -> None:
    """Each fault names its place, the offending text and the remedy."""
    assert refusal(text) == message


def test_bytes_that_are_not_utf8_are_refused() -> None:
    """The message points at the byte."""
    with pytest.raises(PackError) as caught:
        decode("a: 1\nb: ž".encode() + b"\xff", "f.yaml")
    assert str(caught.value) == "f.yaml:2:5: byte 0xff is not UTF-8 (save the file as UTF-8)"


RULES = """\
rules:
  - id: a
    doc: |
      tests:
        - prose
    tests:
      - {in: x, out: y}
      # a remark
  # another remark

      - in: >-
          x
        unchanged: true
    say: z
  - id: b
    tests:
    - {in: x, out: y}
    -
      in: x
tests:
- in: x
"""


def test_blank_tests_leaves_rules_and_line_numbers() -> None:
    """Examples go, everything else stays in its line; a line of prose that reads "tests:" is prose."""
    tree = parse_yaml(RULES, "f", skip_tests=True)
    full = parse_yaml(RULES, "f")
    assert blank_tests(RULES).count("\n") == RULES.count("\n")
    assert tree == {"rules": [{"id": "a", "doc": "tests:\n  - prose\n", "say": "z"}, {"id": "b"}]}
    assert where(tree["rules"], 1) == where(full["rules"], 1) == Location("f", 15, 5)


def test_blank_tests_leaves_inline_tests_to_the_parser() -> None:
    """A flow-style list is not a block; it is parsed."""
    text = "a: 1\ntests: [{in: x, out: y}]\n"
    assert blank_tests(text) == text
