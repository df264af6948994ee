"""Documents rendered for a terminal and as HTML, character for character."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.document import Document, Edit, Loser, place, replay
from textnorm.render import class_hue, document_html, document_text, documents_page, page, visible


def document(source: str, *edits: Edit, losers: tuple[Loser, ...] = ()) -> Document:
    """A document whose output follows from its edits."""
    placed = place(edits)
    return Document(source, replay(source, placed), placed, losers)


NUMBER = Edit("xx.num.bare", "CARDINAL", 3, 4, "5", "five", {"n": "5"}, True, ("fifth", "fives"))
SPACE = Edit("xx.space", "SPACE", 6, 8, "\u00a0 ", " ")
LOSER = Loser("xx.date.day", "DATE", 3, 4, "5", "lost to xx.num.bare")


def test_text_lists_edits_between_source_and_output() -> None:
    """Offsets, class and rule stand in columns; doubt, other readings and fields follow the change."""
    assert document_text(document("on 5 o\u00a0 clock", NUMBER, SPACE)) == (
        "on 5 o\u00a0 clock\n"
        '  3-4  CARDINAL  xx.num.bare  "5" → "five"  ? "fifth" | "fives"  n=5\n'
        '  6-8  SPACE     xx.space     "\\xa0 " → " "\n'
        "→ on five o clock"
    )


def test_text_of_an_untouched_line_says_so() -> None:
    """No edit is an answer, not an empty stretch."""
    assert document_text(document("as it is")) == "as it is\n  unchanged\n→ as it is"


def test_text_lists_losers_after_the_edits() -> None:
    """A match that was not used tells which one, where, and why."""
    assert document_text(document("on 5", NUMBER, losers=(LOSER,))).splitlines()[2] == (
        '  not used: 3-4  DATE  xx.date.day  "5"  lost to xx.num.bare'
    )


def test_doubt_without_other_readings_is_a_bare_question_mark() -> None:
    """An uncertain edit is marked even if no alternative is known."""
    edit = Edit("x.a", "X", 0, 1, "5", "five", uncertain=True)
    assert document_text(document("5", edit)).splitlines()[1] == '  0-1  X  x.a  "5" → "five"  ?'


def test_steps_stand_below_their_edit() -> None:
    """Where stages overlapped, each stage's edit is shown, nested ones too."""
    inner = Edit("x.a+x.b", "X", 0, 1, "5", "V", steps=(Edit("x.a", "X", 0, 1, "5", "five"), SPACE))
    outer = Edit("x.a+x.b+x.c", "Y", 0, 1, "5", "v", steps=(inner, Edit("x.c", "Y", 0, 1, "V", "v")))
    assert document_text(document("5", outer)).splitlines()[1:5] == [
        '  0-1  Y  x.a+x.b+x.c  "5" → "v"',
        '       X  x.a  "5" → "five"',
        '       SPACE  xx.space  "\\xa0 " → " "',
        '       Y  x.c  "V" → "v"',
    ]


def test_colour_marks_the_span_in_source_class_and_output() -> None:
    """Each class has one colour; an uncertain span is underlined as well."""
    lines = document_text(document("on 5", NUMBER), colour=True).splitlines()
    start = re.escape("\x1b[1;4;38;5;") + r"(\d+)m"
    end = re.escape("\x1b[0m")
    assert re.fullmatch(f"on {start}5{end}", lines[0])
    assert re.match(f"  3-4  {start}CARDINAL{end}  xx", lines[1])
    assert re.fullmatch(f"→ on {start}five{end}", lines[2])
    assert len(set(re.findall(start, "\n".join(lines)))) == 1


def test_certain_spans_are_not_underlined() -> None:
    """Underlining means doubt and nothing else."""
    assert "\x1b[1;38;5;" in document_text(document("o5 bis\u00a0 x", SPACE), colour=True)
    assert ";4;" not in document_text(document("o5 bis\u00a0 x", SPACE), colour=True)


@given(st.text(max_size=20), st.booleans())
def test_colour_only_adds_escape_sequences(text: str, colour: bool) -> None:
    """Without its escape sequences the coloured form is the plain one, and no other control is sent."""
    edit = Edit("x.a", "X", 0, len(text), text, "new")
    shown = document_text(document(text, edit), colour=colour)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert plain == document_text(document(text, edit))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", plain)


def test_control_characters_never_reach_the_terminal() -> None:
    """A line cannot clear the screen of whoever asks what is in it."""
    shown = document_text(document("a\x1b[2Jb\rc"))
    assert shown.splitlines()[0] == "a\\x1b[2Jb\\rc"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a b", "a b"),
        ("\u00a0", "\\xa0"),
        ("\u200c", "\\u200c"),
        ("\t\n", "\\t\\n"),
        ("ኀ", "ኀ"),
        ("a\u0301", "a\u0301"),
    ],
)
def test_visible_escapes_what_leaves_no_mark(text: str, shown: str) -> None:
    """No-break spaces, joiners and controls are written out; letters and marks are not."""
    assert visible(text) == shown


def test_html_marks_spans_with_their_rule_as_tooltip() -> None:
    """A span's tooltip names rule and class, and says when the reading is uncertain."""
    html = document_html(document("on 5", NUMBER))
    mark = f'<mark class="tn-mark tn-uncertain" style="--tn-hue:{class_hue("CARDINAL")}"'
    title = 'title="xx.num.bare · CARDINAL · uncertain"'
    assert f'<bdi dir="auto">on {mark} {title}>5</mark></bdi>' in html
    assert f'<bdi dir="auto">on {mark} {title}>five</mark></bdi>' in html


def test_html_repeats_in_words_what_colour_says() -> None:
    """The table holds offsets, class, rule, before, after and notes; the legend names the classes."""
    html = document_html(document("on 5", NUMBER))
    assert "<td>3-4</td>" in html
    assert "<td>xx.num.bare</td>" in html
    assert "<td>? &quot;fifth&quot; | &quot;fives&quot;, n=5</td>" in html
    assert '<ul class="tn-legend" aria-label="classes"><li><span class="tn-mark"' in html


def test_html_is_escaped() -> None:
    """Neither text nor rule nor field becomes markup."""
    edit = Edit("<r>", "<c>", 0, 3, "<a>", "&", {"<f>": "'\""}, True, ("<alt>",))
    html = document_html(document("<a> <script>", edit, losers=(Loser("<l>", "<c>", 0, 1, "<", "<why>"),)))
    for raw in ("<r>", "<c>", "<a>", "<f>", "<alt>", "<script>", "<l>", "<why>"):
        assert raw not in html
    assert "&lt;script&gt;" in html


def test_html_keeps_line_breaks_of_a_text() -> None:
    """A document of several lines is shown as such."""
    assert '<bdi dir="auto">a\nb</bdi>' in document_html(document("a\nb"))


def test_html_of_an_untouched_text_has_no_table_and_no_legend() -> None:
    """Where nothing changed there is nothing to explain."""
    html = document_html(document("as it is"))
    assert "<p>unchanged</p>" in html
    assert "<table>" not in html
    assert "<ul" not in html


def test_html_lists_losers() -> None:
    """Matches not used have a table of their own."""
    html = document_html(document("on 5", NUMBER, losers=(LOSER,)))
    assert "<caption>not used</caption>" in html
    assert "<td>lost to xx.num.bare</td>" in html


def test_notebook_shows_the_fragment() -> None:
    """`_repr_html_`, which notebooks call, is `document_html`."""
    doc = document("on 5", NUMBER)
    assert doc._repr_html_() == document_html(doc)


def test_language_is_passed_on() -> None:
    """Text carries its language, for voices, fonts and line breaking."""
    assert '<bdi lang="xx" dir="auto">' in document_html(document("on 5", NUMBER), lang="xx")


def test_page_has_one_legend_and_a_section_per_document() -> None:
    """The classes of all documents share one legend, in alphabetical order."""
    html = documents_page(
        [document("on 5", NUMBER), document("o5 bis\u00a0 x", SPACE)], title="T", note="sig"
    )
    assert html.count("<ul") == 1
    assert html.index(">CARDINAL</span></li>") < html.index(">SPACE</span></li>")
    assert html.count("<section") == 2
    assert "<h1>T</h1>\n<p>sig</p>" in html


def test_page_follows_the_reader_into_the_dark() -> None:
    """The page has both colour schemes, a language, a title and a width for phones, and loads nothing."""
    html = page("T & U", "<p>x</p>\n")
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert "<title>T &amp; U</title>" in html
    assert "color-scheme: light dark" in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert 'name="viewport"' in html
    assert not re.search(r"<script|<link|src=|@import|url\(", html)


def test_class_colours_are_stable() -> None:
    """A class keeps its hue over runs and machines: it is computed from the name alone."""
    assert (class_hue("DATE"), class_hue("CARDINAL")) == (6, 133)


def _contrast(hue: int, saturation: float, lightness: float, ink: str) -> float:
    """The WCAG contrast of `ink` (#rgb, doubled digits) on an hsl() background."""

    def luminance(channels: Sequence[float]) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    text = luminance([int(ink[n : n + 2], 16) / 255 for n in (0, 2, 4)])
    back = luminance(colorsys.hls_to_rgb(hue / 360, lightness, saturation))
    return (max(text, back) + 0.05) / (min(text, back) + 0.05)


@pytest.mark.parametrize(("saturation", "lightness", "ink"), [(0.85, 0.86, "111111"), (0.45, 0.27, "f6f6f6")])
def test_marks_have_enough_contrast_in_every_hue(saturation: float, lightness: float, ink: str) -> None:
    """Text on a class colour passes WCAG AA (4.5 to 1) in the light and in the dark."""
    assert min(_contrast(hue, saturation, lightness, ink) for hue in range(360)) > 4.5
