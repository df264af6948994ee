"""Regular expressions as trees, and what relaxed patterns owe to the real ones: never to accept less."""

from __future__ import annotations

import sys
import unicodedata

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from textnorm.engine import pattern as tree
from textnorm.engine import relax
from textnorm.engine.pattern import Alt, BackRef, Cat, Class, Empty, Fold, Lit, Rep, parse
from textnorm.errors import PackError

re2 = pytest.importorskip("re2")
A, B = Lit("a"), Lit("b")
DIGIT = Class(r"\p{Nd}", digits=True)

# Letters that fold together in one engine only, digits that are no decimals, controls that are no
# spaces, joiners and circled letters that are word characters: where the two engines may disagree.
SIGNS = "abiIıİſK1٣² -.\x1c\x85\u200dⓐ\u0345ßé"
ATOMS = [
    *"abiIıİK1",
    *(r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", ".", r"\p{Lu}", r"\P{Lu}", r"\p{Nd}", r"\p{Alphabetic}"),
    *("[ab]", "[^ab]", r"[\w-]", r"[^\w]", r"[^\s\d]", "[a-z]", "[à-ž]", "[^i]", r"[^\p{Ll}]", r"[\P{L}]"),
    *("^", "$", r"\b", r"\B", r"\.", r"\u0131"),
]


def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Patterns made of smaller ones."""
    grouped = inner.map(lambda source: f"(?:{source})")
    wrappers = st.sampled_from(["(?:{})", "({})", "(?i:{})", "(?={})", "(?!{})", "(?>{})"])
    counts = st.sampled_from(["*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}", "{4,6}", "*?", "+?"])
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.builds(str.__add__, grouped, counts),
        st.builds(str.format, wrappers, inner),
    )


# Every character that RE2's version of Unicode knows (`regex` may know a later one), without two that
# changed their class in Unicode 16.
ALL_KNOWN = "".join(
    run.decode()
    for run in re2.findall(
        rb"[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}\p{Co}]+",
        "".join(chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n <= 0xDFFF).encode(),
    )
).translate({0x295: None, 0x1171E: None})
PATTERNS = st.recursive(st.sampled_from(ATOMS), grow, max_leaves=12)
TEXTS = st.text(SIGNS, max_size=14)


def matches(source: str, text: str, flags: int = 0) -> bool:
    """Whether the pattern matches at the start of `text`; random patterns may take too long to tell."""
    try:
        return regex.match(source, text, flags | regex.V0 | regex.MULTILINE, timeout=0.2) is not None
    except TimeoutError:
        return False


def accepts(relaxed: str, text: str) -> bool:
    """Whether the relaxed pattern accepts the beginning of `text`."""
    options = re2.Options()
    options.log_errors = False
    return re2.compile(relaxed, options).match(text) is not None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", Cat(())),
        ("a", A),
        ("ab", Cat((A, B))),
        ("a|b|", Alt((A, B, Cat(())))),
        ("a*", Rep(A, 0, None)),
        ("a+?", Rep(A, 1, None)),
        ("a?+", Rep(A, 0, 1)),
        ("a{2}", Rep(A, 2, 2)),
        ("a{2,}", Rep(A, 2, None)),
        ("a{,3}?", Rep(A, 0, 3)),
        ("(?:ab){2,3}", Rep(Cat((A, B)), 2, 3)),
        ("(a)(?P<n>b)(?<m>a)(?>b)", Cat((A, B, A, B))),
        ("(?i:a)b", Cat((Fold(A), B))),
        (r"(?P<n>a)(?P=n)\1", Cat((A, BackRef(), BackRef()))),
        ("(?=a)", Empty(ahead=A)),
        ("(?!a)", Empty()),
        ("(?<=a)", Empty(behind=True)),
        ("(?<!a)", Empty(behind=True)),
        ("^a$", Cat((Empty(), A, Empty(end=True)))),
        (r"\ba\B", Cat((Empty(), A, Empty()))),
        (".", Class("\n", negated=True)),
        (r"\.\{\n\x61\u0105\N{LATIN SMALL LETTER B}", Cat((*map(Lit, ".{\naą"), B))),
        (r"\d", DIGIT),
        (r"\p{Lu}\pL\P{Mn}", Cat((Class(r"\p{Lu}"), Class(r"\p{L}"), Class(r"\P{Mn}")))),
        ("[a-c]", Class(r"\x{61}-\x{63}")),
        ("[^a]", Class(r"\x{61}", negated=True)),
        ("[]a]", Class(r"\x{5d}\x{61}")),
        ("[a-]", Class(r"\x{61}\x{2d}")),
        (r"[\]\-\n]", Class(r"\x{5d}\x{2d}\x{a}")),
        (r"[0-9\d]", Class(r"\x{30}-\x{39}\p{Nd}", digits=True)),
        (r"[\d,]", Class(r"\p{Nd}\x{2c}")),
    ],
)
def test_parse(source: str, expected: tree.Node) -> None:
    """Each construct that rules may use has its node."""
    assert parse(source) == expected


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("a)", "unbalanced ')' at character 2"),
        ("(a", "missing ')' at character 3"),
        ("[a", "unexpected end at character 3"),
        ("a\\", "unexpected end at character 3"),
        ("*a", "nothing to repeat at character 1"),
        ("a|+", "nothing to repeat at character 3"),
        ("a{x}", r"'{' is no number of repetitions (write '\{' for the sign) at character 2"),
        ("(?:ab){e<=1}", r"'{' is no number of repetitions (write '\{' for the sign) at character 7"),
        ("(?#x)", "group syntax '(?#' is not supported in rules at character 4"),
        ("(?i)a", "group syntax '(?i' is not supported in rules at character 4"),
        ("(?P>n)", "group syntax '(?P' is not supported in rules at character 5"),
        ("(?P<n", "unfinished or wrong name or number at character 5"),
        (r"\p{L", "unfinished or wrong name or number at character 3"),
        (r"\xZZ", "unfinished or wrong name or number at character 5"),
        (r"\N{NO SUCH SIGN}", "unfinished or wrong name or number at character 17"),
        (r"[\D]", r"'\D' inside brackets is not supported in rules at character 4"),
        ("[[:alpha:]]", "'[:' inside brackets is not supported in rules at character 3"),
        (r"\X", r"'\X' is not supported in rules at character 3"),
        (r"a\Kb", r"'\K' is not supported in rules at character 4"),
        (r"\A", r"'\A' is not supported in rules at character 3"),
        (r"\012", r"'\0' is not supported in rules at character 3"),
        (r"[\b]", r"'\b' is not supported in rules at character 4"),
    ],
)
def test_parse_refuses_what_the_gate_could_not_follow(source: str, why: str) -> None:
    """Syntax that the tree cannot express is an error with its place, never silently misread."""
    with pytest.raises(PackError) as error:
        parse(source)
    assert error.value.message == f"pattern {source!r}: {why}"


@pytest.mark.parametrize(
    ("source", "width"),
    [
        ("", 0),
        ("ab.", 3),
        ("a|bcd", 3),
        ("(?:ab){2,4}", 8),
        ("a?b", 2),
        ("(?i:ab)", 2),
        (r"(?=abc)a\b", 1),
        ("a*", None),
        ("a{2,}", None),
        ("(?:^)*", 0),
        (r"(a)\1", None),
    ],
)
def test_max_width(source: str, width: int | None) -> None:
    """The longest match in characters; None where there is no bound."""
    assert tree.max_width(parse(source)) == width


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", True),
        ("a*", True),
        ("a?b?", True),
        ("a|b*", True),
        ("(?:a?)+", True),
        ("(?=a)", True),
        ("(?i:a?)", True),
        ("a", False),
        ("a?b", False),
        ("a|b", False),
        (r"\d{1,}", False),
    ],
)
def test_nullable(source: str, expected: bool) -> None:
    """Whether the empty string matches."""
    assert tree.nullable(parse(source)) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("ab", [A]),
        ("a?b", [A, B]),
        ("a|b", [A, B]),
        ("(?i:a)b", [A]),
        ("(?=b)a", [A]),
        ("(?:a*b)+", [A, B]),
        (r"\d", [DIGIT]),
        ("", []),
    ],
)
def test_first_nodes(source: str, expected: list[tree.Node]) -> None:
    """The characters that a match can begin with."""
    assert list(tree.first_nodes(parse(source))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\d+ km", True),
        (r"(?:[1-9]|0)\d", True),
        (r"5? ?\d", False),
        (r"\d?a", False),
        (r"[\d.]", False),
        (r"[^a]", False),
        (r"(?i:1a)", True),
    ],
)
def test_starts_with_digit(source: str, expected: bool) -> None:
    """True only if no match can begin with anything but a decimal digit."""
    assert tree.starts_with_digit(parse(source)) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("km", "km"),
        (r"\d+ km/h?", " km/"),
        ("a|b", ""),
        ("(?:abc|abd)ef", "ef"),
        ("x(?:yz)+", "yz"),
        ("x(?:yz)*", "x"),
        ("(?i:km)", ""),
        ("(?=km)a", "a"),
        (r"@\w+\.\w+", "@"),
    ],
)
def test_required_literal(source: str, expected: str) -> None:
    """The longest row of letters without which there is no match, exactly as written."""
    assert tree.required_literal(parse(source)) == expected


@given(PATTERNS, TEXTS)
def test_required_literal_is_in_every_match(source: str, text: str) -> None:
    """No text without the literal matches."""
    literal = tree.required_literal(parse(source))
    if matches(f"(?:{source})", text):
        assert literal in text


@pytest.mark.parametrize(
    ("source", "expected"),
    [("(?<=a)b", True), ("(?:x|(?<!a)b)+", True), ("(?i:(?<=a))", True), (r"(?=a)a\b", False)],
)
def test_has_lookbehind(source: str, expected: bool) -> None:
    """Look-behind is found at any depth; look-ahead and boundaries are none."""
    assert tree.has_lookbehind(parse(source)) is expected


@pytest.mark.parametrize(
    ("source", "budget", "expected"),
    [
        ("ab", 9, r"\x{61}\x{62}"),
        ("ab", 1, r"\x{61}"),
        (r"a\bb", 9, r"\x{61}\x{62}"),
        ("a(?<!x)b", 9, r"\x{61}\x{62}"),
        ("(?=ab)a", 9, r"\x{61}\x{62}"),
        ("a|bb|a", 9, r"(?:\x{61}|\x{62}\x{62})"),
        ("(?i:i)", 9, r"(?i:[iI\x{130}\x{131}])"),
        (r"(a)\1b", 9, r"\x{61}"),
        ("a*b", 9, ""),
        ("a{2,}b", 9, r"\x{61}\x{61}"),
        ("a{0,2}b", 9, r"(?:\x{61}){0,2}\x{62}"),
        ("ab$", 9, r"\x{61}\x{62}(?m:$)"),
        (r"\p{Foo}", 9, r"[\x{0}-\x{10ffff}]"),
    ],
)
def test_relaxed(source: str, budget: int, expected: str) -> None:
    """What RE2 cannot say is dropped, and what lies past the budget is cut off."""
    assert relax.relaxed(parse(source), budget) == expected


@settings(max_examples=600)
@given(PATTERNS, TEXTS, st.integers(1, 16), st.booleans())
def test_relaxed_pattern_accepts_whatever_the_pattern_does(
    source: str, text: str, budget: int, ignore_case: bool
) -> None:
    """A match of the pattern at the start of a text is seen by the gate, which gets `budget` characters."""
    if matches(source, text, regex.IGNORECASE if ignore_case else 0):
        assert accepts(relax.relaxed(parse(source), budget, ignore_case), text[:budget])


@settings(max_examples=600)
@given(PATTERNS, TEXTS, st.integers(1, 16))
def test_mirrored_pattern_accepts_the_reversed_left_context(source: str, text: str, budget: int) -> None:
    """A pattern that matches right before a place is seen by the gate that reads from there backwards."""
    if matches(f"(?r)(?:{source})", text):
        relaxed = relax.relaxed(tree.mirrored(parse(source)), budget)
        assert accepts(relaxed, text[::-1][:budget])


@pytest.mark.parametrize("limit", [1, 56, 96])
@pytest.mark.parametrize("source", ["a{120}", "a" * 120, "(?:a{60}){2}", "a{1,40}b?a{100}", "(?=a{110})a+"])
def test_patterns_wider_than_the_window_are_cut_to_it(source: str, limit: int) -> None:
    """However long the pattern, the relaxed one never asks for more than the window shows."""
    assert accepts(relax.relaxed(parse(source), limit), "a" * limit)


def test_mirrored_turns_the_order_round() -> None:
    """Sequences are reversed at every level, and what does not consume is dropped."""
    assert tree.mirrored(parse("a(?:ab|b)+(?<=a)$")) == Cat(
        (Empty(), Empty(), Rep(Alt((Cat((B, A)), B)), 1, None), A)
    )


def accepted_characters(source: str) -> set[str]:
    """The characters of ALL_KNOWN that a relaxed one-character pattern takes in."""
    relaxed = relax.relaxed(parse(source), 1)
    return set(b"".join(re2.findall(f"(?:{relaxed})+".encode(), ALL_KNOWN.encode())).decode())


def matched_characters(source: str) -> set[str]:
    """The characters of ALL_KNOWN that the pattern itself matches."""
    return set("".join(regex.findall(f"(?:{source})+", ALL_KNOWN)))


@pytest.mark.parametrize(
    "source", [r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"[^\d]", r"[^\w]", r"[^\s]", r"[\w-]", "."]
)
def test_classes_take_in_every_character_that_the_matcher_does(source: str) -> None:
    """No character is in the class for `regex` alone."""
    assert sorted(matched_characters(source) - accepted_characters(source)) == []


@pytest.mark.parametrize("name", sorted(tree._PROPERTIES))
def test_properties_take_in_every_character_that_the_matcher_does(name: str) -> None:
    """Also where the property stands in a negated class."""
    for source in (rf"\p{{{name}}}", rf"[^\p{{{name}}}]"):
        assert sorted(matched_characters(source) - accepted_characters(source)) == []


@pytest.mark.parametrize("ignore_case", [False, True])
def test_letters_take_in_every_letter_that_the_matcher_does(ignore_case: bool) -> None:
    """Letters that are one to `regex` where case is ignored are one to the gate."""
    letters = [chr(code) for code in range(0x2FFF) if unicodedata.category(chr(code))[0] == "L"]
    related: dict[str, set[str]] = {}
    for letter in letters:
        for form in (letter, letter.lower(), letter.upper(), letter.title(), letter.casefold()):
            related.setdefault(form, set()).add(letter)
    missed = [
        (letter, other)
        for letter in letters
        for other in related[letter]
        if regex.fullmatch(letter, other, regex.IGNORECASE if ignore_case else 0)
        and not accepts(relax.relaxed(Lit(letter), 1, ignore_case), other)
    ]
    assert missed == []
