"""Reading gold files: what is tolerated, and the one line that each mistake earns."""

from __future__ import annotations

from pathlib import Path

import pytest

from textnorm.errors import InputError
from textnorm.evaluate.gold import parse_layers, read_gold

HEADER = b"id\tclass\tinput\taccepted\n"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Where a test writes its gold file."""
    return tmp_path / "gold.tsv"


def test_rows_become_sentences(gold: Path) -> None:
    """A row gives id, class, input, the accepted outputs in order, and its place in the file."""
    gold.write_bytes(HEADER + b"d1\tDATE\ton 5 May\ton the fifth of May || on May the fifth\n")
    (sentence,) = read_gold([gold])
    assert (sentence.id, sentence.cls, sentence.input) == ("d1", "DATE", "on 5 May")
    assert sentence.accepted == ("on the fifth of May", "on May the fifth")
    assert str(sentence.at) == f"{gold}:2"
    assert sentence.layers == ()


def test_header_is_optional(gold: Path) -> None:
    """A file without a header line loses no sentence."""
    gold.write_bytes(b"1\tX\ta\tb\n2\tX\tc\td\n")
    assert [sentence.id for sentence in read_gold([gold])] == ["1", "2"]


def test_only_the_first_row_can_be_a_header(gold: Path) -> None:
    """Further down, `id` is an id like any other."""
    gold.write_bytes(b"1\tX\ta\tb\nid\tX\tc\td\n")
    assert [sentence.id for sentence in read_gold([gold])] == ["1", "id"]


def test_comments_and_blank_lines_are_skipped(gold: Path) -> None:
    """Comments may stand before the header and between rows; lines keep their numbers."""
    gold.write_bytes(b"# from: nowhere\n" + HEADER + b"\n# next\n1\tX\ta\tb\n")
    (sentence,) = read_gold([gold])
    assert sentence.at.line == 5


def test_byte_order_mark_and_crlf_are_tolerated(gold: Path) -> None:
    """What Excel and Notepad save reads like what an editor saves."""
    gold.write_bytes(b"\xef\xbb\xbf" + HEADER.replace(b"\n", b"\r\n") + b"1\tX\ta\tb || c\r\n")
    (sentence,) = read_gold([gold])
    assert sentence.accepted == ("b", "c")


def test_line_separator_inside_a_sentence_does_not_cut_it(gold: Path) -> None:
    """U+2028 belongs to the text: only line feeds end a row."""
    gold.write_bytes("1\tX\ta\u2028b\tc\n".encode())
    (sentence,) = read_gold([gold])
    assert sentence.input == "a\u2028b"


def test_space_around_accepted_outputs_means_nothing(gold: Path) -> None:
    """A trailing space that nobody sees does not make a sentence wrong for ever."""
    gold.write_bytes(b"1\tX\ta\t b  ||  b || c \n")
    (sentence,) = read_gold([gold])
    assert sentence.accepted == ("b", "c")


def test_several_files_are_read_in_order(tmp_path: Path) -> None:
    """Sentences come in the order of the files."""
    for name in ("b", "a"):
        (tmp_path / name).write_bytes(f"{name}1\tX\ta\tb\n".encode())
    assert [s.id for s in read_gold([tmp_path / "b", tmp_path / "a"])] == ["b1", "a1"]


def test_layers_header_applies_to_its_class_in_its_file(tmp_path: Path) -> None:
    """The comment header gives layers to the rows of a class, in this file and nowhere else."""
    first, second = tmp_path / "1.tsv", tmp_path / "2.tsv"
    first.write_bytes(b"# layers: M=+spelling,+spaces\nm1\tM\ta\tb\nx1\tX\ta\tb\n")
    second.write_bytes(b"m2\tM\ta\tb\n")
    layers = [sentence.layers for sentence in read_gold([first, second])]
    assert layers == [("spelling", "spaces"), (), ()]


def test_class_layers_overrule_the_file(gold: Path) -> None:
    """What the caller says of a class replaces the comment header, for that class alone."""
    gold.write_bytes(b"# layers: M=+spelling N=+spaces\nm1\tM\ta\tb\nn1\tN\ta\tb\n")
    sentences = read_gold([gold], {"M": ("other",)})
    assert [sentence.layers for sentence in sentences] == [("other",), ("spaces",)]


def test_trap_is_a_sentence_that_may_stay_as_it_is(gold: Path) -> None:
    """A sentence is a trap when its input is among the accepted outputs, whatever its class."""
    gold.write_bytes(b"1\tX\ta b\ta b\n2\tX\ta b\tc || a b\n3\tX\ta b\tc\n")
    assert [sentence.is_trap for sentence in read_gold([gold])] == [True, True, False]


def test_parse_layers_accepts_names_with_and_without_plus() -> None:
    """The sign is optional on the command line, and repeated classes add up."""
    assert parse_layers("M=a M=+b N=+c,d") == {"M": ("a", "b"), "N": ("c", "d")}


@pytest.mark.parametrize("text", ["M", "M=", "=a", "M=a,,b", "M=-a"])
def test_parse_layers_refuses_what_names_no_layer(text: str) -> None:
    """An item without a class or without a layer, or one that takes a layer away, is an error."""
    with pytest.raises(InputError) as caught:
        parse_layers(text)
    assert str(caught.value) == (
        f"{text!r} does not say which layers a class adds (write CLASS=+layer or CLASS=+layer,+layer)"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"1\tX\ta\n",
            "{file}:1: 3 columns where 4 are needed "
            "(separate id, class, input, accepted outputs by single tabs)",
        ),
        (
            b"1\tX\ta\tb\tc\n",
            "{file}:1: 5 columns where 4 are needed "
            "(separate id, class, input, accepted outputs by single tabs)",
        ),
        (
            b"1\tX\ta\t \n",
            "{file}:1: column 'accepted outputs' is empty (fill it in or remove the line)",
        ),
        (
            b"1\t\ta\tb\n",
            "{file}:1: column 'class' is empty (fill it in or remove the line)",
        ),
        (
            b"1\tX\ta\tb || \n",
            "{file}:1: cannot tell the accepted outputs apart in 'b || ' "
            "(put ' || ', with its spaces, between two outputs and nowhere else)",
        ),
        (
            b"1\tX\ta\tb||c\n",
            "{file}:1: cannot tell the accepted outputs apart in 'b||c' "
            "(put ' || ', with its spaces, between two outputs and nowhere else)",
        ),
        (
            b"1\tX\ta\tb\n# again\n1\tX\ta\tb\n",
            "{file}:3: id '1' is already taken at {file}:1 "
            "(give every sentence an id of its own, and every file once)",
        ),
        (
            b"1\tX\ta\tb\n2\tX\t\xe0\tb\n",
            "{file}:2: byte 0xe0 is not UTF-8 (save the file as UTF-8)",
        ),
        (
            b"# layers: M+a\n",
            "{file}:1: 'M+a' does not say which layers a class adds "
            "(write CLASS=+layer or CLASS=+layer,+layer)",
        ),
        (
            HEADER,
            "{file}: no gold sentences (columns: id, class, input, accepted outputs)",
        ),
    ],
)
def test_a_mistake_names_its_place_and_the_remedy(gold: Path, data: bytes, message: str) -> None:
    """Each mistake is one line: file and line, what is wrong, what to do."""
    gold.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_gold([gold])
    assert str(caught.value) == message.format(file=gold)


def test_missing_file_is_an_input_error(tmp_path: Path) -> None:
    """A path that leads nowhere is named."""
    with pytest.raises(InputError) as caught:
        read_gold([tmp_path / "none.tsv"])
    assert str(caught.value) == (
        f"{tmp_path / 'none.tsv'}: cannot read gold file: No such file or directory (check the path)"
    )
