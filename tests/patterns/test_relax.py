"""What relaxed patterns owe to the real ones: never to accept less."""

from __future__ import annotations

import sys
import unicodedata

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from textnorm.patterns import tree
from textnorm.patterns.parser import PROPERTIES, parse
from textnorm.patterns.relax import relaxed
from textnorm.patterns.tree import Lit

re2 = pytest.importorskip("re2")

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
        # A long choice, as a lexicon makes it, is treated in a way of its own.
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts * 8)})"),
        st.builds(str.__add__, grouped, counts),
        st.builds(str.format, wrappers, inner),
    )


# Every character that RE2's version of Unicode knows (`regex` may know a later one), without two that
# changed their class in Unicode 16, and without the bulk of ideographs and Hangul, which are all alike.
ALIKE = [range(0x3500, 0x4D00), range(0x4F00, 0x9F00), range(0xAD00, 0xD700), range(0x17000, 0x18C00)]
ALIKE += [range(0x20100, 0xE0000), range(0xE0200, 0x110000), range(0xD800, 0xE000), range(0x295, 0x296)]
ALL_KNOWN = "".join(
    run.decode()
    for run in re2.findall(
        rb"[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}\p{Co}]+",
        "".join(
            chr(n) for n in range(sys.maxunicode + 1) if n != 0x1171E and not any(n in some for some in ALIKE)
        ).encode(),
    )
)
PATTERNS = st.recursive(st.sampled_from(ATOMS), grow, max_leaves=12)
TEXTS = st.text(SIGNS, max_size=14)


def matches(source: str, text: str, flags: int = 0) -> bool:
    """Whether the pattern matches at the start of `text`; random patterns may take too long to tell."""
    try:
        return regex.match(source, text, flags | regex.V0 | regex.MULTILINE, timeout=0.2) is not None
    except TimeoutError:
        return False


def accepts(source: str, text: str) -> bool:
    """Whether the relaxed pattern accepts the beginning of `text`."""
    options = re2.Options()
    options.log_errors = False
    return re2.compile(source, options).match(text) is not None


@given(PATTERNS, TEXTS)
def test_required_literal_is_in_every_match(source: str, text: str) -> None:
    """No text without the literal matches."""
    literal = tree.required_literal(parse(source))
    if matches(f"(?:{source})", text):
        assert literal in text


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
        ("a*b", 9, r"(?:\x{61}|\x{62})"),
        ("ab*", 9, r"\x{61}"),
        ("(?:a{5}b)?c", 3, r"(?:\x{61}\x{61}\x{61}|\x{63})"),
        ("a{2,}b", 9, r"\x{61}\x{61}"),
        ("a{0,2}b", 9, r"(?:\x{61}){0,2}\x{62}"),
        ("ab$", 9, r"\x{61}\x{62}(?m:$)"),
        ("(?:a|b|a|a|a|a|a|a(?=b))b", 9, r"(?:\x{61}|\x{62}|\x{61}\x{62})"),
        (r"\p{Foo}", 9, r"[\x{0}-\x{10ffff}]"),
    ],
)
def test_relaxed(source: str, budget: int, expected: str) -> None:
    """What RE2 cannot say is dropped, and what lies past the budget is cut off."""
    assert relaxed(parse(source), budget) == expected


@settings(max_examples=600)
@given(PATTERNS, TEXTS, st.integers(1, 16), st.booleans())
def test_relaxed_pattern_accepts_whatever_the_pattern_does(
    source: str, text: str, budget: int, ignore_case: bool
) -> None:
    """A match of the pattern at the start of a text is seen by the gate, which gets `budget` characters."""
    if matches(source, text, regex.IGNORECASE if ignore_case else 0):
        assert accepts(relaxed(parse(source), budget, ignore_case), text[:budget])


@settings(max_examples=600)
@given(PATTERNS, TEXTS, st.integers(1, 16))
def test_mirrored_pattern_accepts_the_reversed_left_context(source: str, text: str, budget: int) -> None:
    """A pattern that matches right before a place is seen by the gate that reads from there backwards."""
    if matches(f"(?r)(?:{source})", text):
        assert accepts(relaxed(tree.mirrored(parse(source)), budget), text[::-1][:budget])


@pytest.mark.parametrize("limit", [1, 56, 96])
@pytest.mark.parametrize("source", ["a{120}", "a" * 120, "(?:a{60}){2}", "a{1,40}b?a{100}", "(?=a{110})a+"])
def test_patterns_wider_than_the_window_are_cut_to_it(source: str, limit: int) -> None:
    """However long the pattern, the relaxed one never asks for more than the window shows."""
    assert accepts(relaxed(parse(source), limit), "a" * limit)


def accepted_characters(source: str, ignore_case: bool = False) -> set[str]:
    """The characters of ALL_KNOWN that a relaxed one-character pattern takes in."""
    gate = f"(?:{relaxed(parse(source), 1, ignore_case)})+"
    return set(b"".join(re2.findall(gate.encode(), ALL_KNOWN.encode())).decode())


def matched_characters(source: str, ignore_case: bool = False) -> set[str]:
    """The characters of ALL_KNOWN that the pattern itself matches."""
    return set("".join(regex.findall(f"(?:{source})+", ALL_KNOWN, regex.IGNORECASE if ignore_case else 0)))


@pytest.mark.parametrize("ignore_case", [False, True])
@pytest.mark.parametrize(
    "source",
    [
        *(r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", ".", r"[\w-]"),
        *(r"[^\d]", r"[^\w]", r"[^\s]", r"[^\w\s.]", "[^ik]", "[à-ž]", r"[^\p{Lu}\d]"),
    ],
)
def test_classes_take_in_every_character_that_the_matcher_does(source: str, ignore_case: bool) -> None:
    """No character is in the class for `regex` alone."""
    missed = matched_characters(source, ignore_case) - accepted_characters(source, ignore_case)
    assert sorted(missed) == []


@pytest.mark.parametrize("ignore_case", [False, True])
@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_properties_take_in_every_character_that_the_matcher_does(name: str, ignore_case: bool) -> None:
    """Whether they stand alone, among others, or in a negated class."""
    for source in (rf"\p{{{name}}}", rf"\P{{{name}}}", rf"[_\p{{{name}}}]", rf"[^\p{{{name}}}]"):
        missed = matched_characters(source, ignore_case) - accepted_characters(source, ignore_case)
        assert sorted(missed) == []


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
        and not accepts(relaxed(Lit(letter), 1, ignore_case), other)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("pattern", "text", "accepted"),
    [
        (r"l", "l už", True),
        (r"l", "l", True),
        (r"l", "laukas", False),
        (r"l", "lėšos", True),  # only ASCII letters are told apart
        (r"val\.?", "valgis", False),
        (r"val\.?", "val", True),
        (r"a\w+", "ab", True),  # cut off: nothing is known of what follows
        (r"a(?=b)", "ab", True),
    ],
)
def test_a_gate_may_ask_for_the_end_of_a_word(pattern: str, text: str, accepted: bool) -> None:
    """Where the whole pattern fits the budget, a following ASCII word character is refused."""
    gate = re2.compile(relaxed(parse(pattern), 6, ends_word=True))
    assert (gate.match(text) is not None) == accepted
