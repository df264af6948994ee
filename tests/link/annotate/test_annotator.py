"""Mentions in running text: their borders, their concepts, and what is none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.link.annotate.annotator import Annotator
from textnorm.link.annotate.load import annotator_of
from textnorm.link.annotate.names import Names
from textnorm.link.arrays import Memory
from textnorm.link.build import build
from textnorm.link.concept import Alias, Concept
from textnorm.link.keys import Keys

from .conftest import CONCEPTS, Make


def found(annotator: Annotator, text: str) -> list[tuple[str, str | None]]:
    """The mentions as written, with their ids."""
    return [(one.text, one.id) for one in annotator(text).mentions]


@pytest.mark.parametrize(
    ("text", "mention", "id"),
    [
        ("Lung cancer was found.", "Lung cancer", "D:11"),
        ("a lung-cancer cell", "lung-cancer", "D:11"),
        ("of the lung\ncancer and", "lung\ncancer", "D:11"),
        ("type 2 diabetes mellitus", "type 2 diabetes mellitus", "D:13"),
        ("diabetes mellitus, type 2", "diabetes mellitus, type 2", "D:13"),
        ("diabetes mellitus type 2", "diabetes mellitus type 2", "D:13"),
        ("Crohn’s disease", "Crohn’s disease", "D:14"),
        ("Flu season", "Flu", "D:16"),
        ("severe COPD", "COPD", "D:15"),
    ],
)
def test_a_mention_has_the_offsets_of_the_text_as_written(
    annotate: Make, text: str, mention: str, id: str
) -> None:
    """Case, hyphens, line ends, the order around a comma and the sort of apostrophe do not matter."""
    (one,) = annotate()(text).mentions
    assert (one.text, one.id) == (mention, id)
    assert text[one.start : one.end] == mention


@pytest.mark.parametrize(
    "text",
    [
        "Cancerous cells, coughing, feverish",
        "all patients, All of them",
        "the copd file",
        "It was cold outside.",
        "It was COLD.",
        "ALL PATIENTS LEFT",
        "a FLU",
        "",
        "\n\n",
    ],
)
def test_parts_of_words_and_everyday_words_are_no_mentions(annotate: Make, text: str) -> None:
    """Nor are abbreviations in another case."""
    assert found(annotate(), text) == []


def test_words_of_two_sentences_are_no_mention_together(annotate: Make) -> None:
    """A period or comma keeps apart what a name has side by side."""
    assert found(annotate(), "right lung. Cancer is excluded; lung, cancer") == [
        ("Cancer", "D:12"),
        ("cancer", "D:12"),
    ]


def test_the_longest_mention_counts_unless_all_are_asked_for(annotate: Make) -> None:
    """Nested mentions come after those that they lie in."""
    text = "Lung cancer"
    assert found(annotate(), text) == [("Lung cancer", "D:11")]
    assert found(annotate(nested=True), text) == [("Lung cancer", "D:11"), ("cancer", "D:12")]


def test_only_concepts_of_the_types_asked_for_count(annotate: Make) -> None:
    """A mention of another type does not even hide what it overlaps."""
    assert found(annotate(types=("symptom",)), "fever in lung cancer") == [("fever", "D:8")]


def test_a_short_form_means_what_the_text_says(annotate: Make) -> None:
    """Before and after its definition, alone and as a part of a longer name."""
    text = "HCM: hypertrophic cardiomyopathy (HCM) and familial HCM."
    assert found(annotate(), text) == [
        ("HCM", "D:1"),
        ("hypertrophic cardiomyopathy", "D:1"),
        ("HCM", "D:1"),
        ("familial HCM", "D:2"),
    ]


def test_a_definition_vetoes_what_the_dictionary_says(annotate: Make) -> None:
    """A short form of something unknown stands for nothing, also where its long form holds a name."""
    assert found(annotate(), "gastric cancer (GC) and GC cells") == [("cancer", "D:12")]


def test_a_users_alias_wins_over_a_definition(annotate: Make) -> None:
    """Whatever the text says."""
    mentions = found(annotate(user=[("GC", 11)]), "gastric cancer (GC)")
    assert ("GC", CONCEPTS[11].id) in mentions


def test_an_undefined_short_form_is_only_a_candidate(annotate: Make) -> None:
    """It has no id, and lists what it may be."""
    (one,) = annotate()("seen in ALL").mentions
    assert (one.id, one.ambiguous) == (None, True)
    assert one.to_dict()["candidates"][0]["id"] == "D:7"


def test_a_longer_form_decides_what_a_short_form_means(annotate: Make) -> None:
    """One sense per document, wherever the longer form stands."""
    assert found(annotate(), "MS, that is multiple sclerosis, and MS") == [
        ("MS", "D:4"),
        ("multiple sclerosis", "D:4"),
        ("MS", "D:4"),
    ]
    assert found(annotate(coreference=False), "MS or multiple sclerosis")[0] == ("MS", None)


def test_an_ambiguous_name_is_flagged_and_keeps_its_senses(annotate: Make) -> None:
    """The scores of two equally sure concepts share; a single word that is only related is no name."""
    (one,) = annotate()("an ulcer").mentions
    assert one.ambiguous
    assert [sense.id for sense in one.senses] == ["D:18", "D:19"]
    assert one.senses[0].score < 0.5


def test_a_short_form_that_the_source_knows_of_is_linked() -> None:
    """A terminology that says which names count in their own case has thought about short forms."""
    concepts = [Concept("D:1", "pulmonary embolism", (Alias("PE", cased=True),))]
    annotator = Annotator(Names(build(concepts, Memory(), Keys())))
    assert found(annotator, "a PE, no pe") == [("PE", "D:1")]


def test_names_in_capitals_mean_nothing_where_all_names_are_in_capitals() -> None:
    """A terminology that shouts is not one of abbreviations."""
    concepts = [Concept("D:1", "ACUTE ASTHMA", (Alias("ASTHMA"),)), Concept("D:2", "ATOPIC ECZEMA")]
    annotator = Annotator(Names(build(concepts, Memory(), Keys())))
    assert found(annotator, "asthma and atopic eczema") == [("asthma", "D:1"), ("atopic eczema", "D:2")]


def test_types_settle_an_ambiguous_name(annotate: Make) -> None:
    """What cannot be meant is no rival."""
    (one,) = annotate(types=("symptom",))("an ulcer").mentions
    assert (one.id, one.ambiguous) == ("D:19", False)


def test_the_last_word_of_a_mention_comes_again_for_the_whole(annotate: Make) -> None:
    """After a determiner only, never before the whole, and not if it was switched off."""
    text = "The dystrophy? Duchenne muscular dystrophy. The dystrophy worsens, a dystrophy."
    whole = ("Duchenne muscular dystrophy", "D:6")
    assert found(annotate(), text) == [whole, ("dystrophy", "D:6")]
    assert found(annotate(coreference=False), text) == [whole]


def test_flags_come_with_the_mentions(annotate: Make) -> None:
    """Or not at all."""
    (fever, cough) = annotate()("No fever but cough.").mentions
    assert (fever.flags, cough.flags) == ({"negated"}, frozenset())
    assert fever.to_dict()["negated"] is True
    assert "negated" not in annotate(flags=False)("No fever.").mentions[0].to_dict()


def test_an_annotated_text_prints_and_shows_itself(annotate: Make) -> None:
    """In words on a terminal, escaped in HTML."""
    doc = annotate()("<b> No fever & MS")
    assert "fever" in str(doc)
    assert "negated" in str(doc)
    html = doc._repr_html_()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


@given(
    st.lists(
        st.sampled_from(
            [
                "fever",
                "cough",
                "MS",
                "(",
                ")",
                "lung",
                "cancer",
                "ulcer",
                ",",
                ".",
                "no",
                "the",
                "\n",
                "HCM",
                "ALL",
                "flu's",
            ]
        )
    )
)
def test_mentions_are_in_order_and_within_the_text(annotate: Make, words: list[str]) -> None:
    """Whatever the text; without nesting they do not overlap, and the result is JSON."""
    text = " ".join(words)
    doc = annotate()(text)
    last = 0
    for one in doc.mentions:
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        last = one.end
    json.dumps(doc.to_dict())


@pytest.fixture(scope="session")
def medical() -> Annotator:
    """The concepts above under the rules of a pack, which change the length of words."""
    manifest = {"pack": "medical", "rules": []}
    index = build(CONCEPTS, Memory(), Keys("medical"), facts=lambda: manifest)
    return annotator_of(index)


_PIECES = st.one_of(
    st.sampled_from(
        ["fever", "Féver", "ﬂu", "FLU'S", "lung-cancer", "ulcer", "Diabetes mellitus Type II", "(MS)"]
    ),
    st.sampled_from(
        [" ", "\t", "\r\n", "\u00a0", "\u200b", "\u0301", "ß", "İ", "\ud800", "\udcff", "𝔣", "-", "."]
    ),
    st.characters(exclude_categories=()),
)


@given(st.lists(_PIECES, max_size=30), st.booleans())
def test_offsets_are_those_of_the_text_whatever_is_in_it(
    medical: Annotator, pieces: list[str], gaps: bool
) -> None:
    """Letters that change their length when they are normalized, lone surrogates, line ends of any kind."""
    text = (" " if gaps else "").join(pieces)
    for one in medical(text).mentions:
        assert text[one.start : one.end] == one.text
        assert one.text == one.text.strip() != ""
