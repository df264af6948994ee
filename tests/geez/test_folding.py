"""Folding: what has to come out equal, what has to stay apart, and in which language."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import textnorm
from textnorm.document import replay

ETHIOPIC = st.text(st.characters(min_codepoint=0x1200, max_codepoint=0x137F, categories=["L", "M", "N", "P"]))
AMHARIC = textnorm.load("am", layers=["homophone"])
ROUNDING = textnorm.load("am", layers=["rounding"])
ROUNDED = textnorm.load("am", layers=["homophone", "rounding"])
LAYERS = {
    "am": ("contraction", "homophone", "rounding", "similar", "marks"),
    "ti": ("homophone", "similar", "marks"),
    "gez": ("similar", "marks"),
}
NORMALIZERS = {
    lang: [textnorm.load(lang, layers=names) for names in (*((name,) for name in layers), layers)]
    for lang, layers in LAYERS.items()
}

# Row of letters → target row, with the orders that join it: the whole table of Amharic homophones.
ROWS = [
    (0x1210, 0x1200, "1234567"),
    (0x1280, 0x1200, "1234567"),
    (0x12B8, 0x1200, "234567"),
    (0x1220, 0x1230, "1234567"),
    (0x12D0, 0x12A0, "1234567"),
    (0x1340, 0x1338, "1234567"),
]
FOURTH_IS_FIRST = (0x1200, 0x12A0)
LABIALIZED = {
    0x12C0: 0x1288,
    0x12C2: 0x128A,
    0x12C3: 0x128B,
    0x1217: 0x128B,
    0x12C4: 0x128C,
    0x12C5: 0x128D,
    0x1227: 0x1237,
}


def table() -> dict[str, str]:
    """Letter → target, from code points alone."""
    found = {chr(old): chr(new) for old, new in LABIALIZED.items()}
    for row, target, orders in [*ROWS, *((row, row, "4") for row in FOURTH_IS_FIRST)]:
        for order in map(int, orders):
            onto = 1 if order == 4 and target in FOURTH_IS_FIRST else order
            found[chr(row + order - 1)] = chr(target + onto - 1)
    return found


@pytest.mark.parametrize("code", range(0x1200, 0x13A0))
def test_every_letter_becomes_what_the_table_says(code: int) -> None:
    """Every code point of the Ethiopic blocks: those in the table become their target, all others stay."""
    letter = chr(code)
    assert AMHARIC(letter) == table().get(letter, letter), unicodedata.name(letter, hex(code))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ሠላም", "ሰላም"),
        ("ዓለም", "አለም"),
        ("ሃይማኖት", "ሐይማኖት"),
        ("ሀይለ", "ኃይለ"),
        ("ኅብረት", "ህብረት"),
        ("ኄኖክ", "ሄኖክ"),
        ("ፀሐይ", "ጸሀይ"),
        ("ፅሁፍ", "ጽሑፍ"),
        ("ሥራ", "ስራ"),
        ("ሦስት", "ሶስት"),
        ("ሠላሳ", "ሰላሳ"),
        ("ዐይን", "አይን"),
        ("ዕድሜ", "እድሜ"),
        ("ሕዝብ", "ህዝብ"),
        ("ማኅበር", "ማህበር"),
        ("ኻያ", "ሃያ"),
        ("ፍላጎት", "ፍላጐት"),
        ("ዜጎች", "ዜጐች"),
        ("መኮንን", "መኰንን"),
        ("ሕጎች", "ሕጐች"),
        ("በኩር", "በኵር"),
        ("ቁጥር", "ቍጥር"),
        ("ቁጥር", "ቊጥር"),
        ("ቁርባን", "ቍርባን"),
        ("አለ", "አለ\u135f"),
    ],
)
def test_spellings_of_a_word_have_one_amharic_key(one: str, other: str) -> None:
    """Homophones, rounded letters and gemination marks make no difference to a key."""
    tn = textnorm.load("am")
    assert tn.key(one) == tn.key(other)
    assert tn(one) == one, "nothing is folded unless asked for"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ኌ", "ኄ"),
        ("ዄ", "ሄ"),
        ("ዅ", "ህ"),
        ("ዃ", "ሀ"),
        ("ኸ", "ሀ"),
        ("ቋ", "ቃ"),
        ("ኳ", "ካ"),
        ("ጓ", "ጋ"),
        ("ኋላ", "ሀላ"),
        ("ወስደዋል", "ወስዷል"),
        ("ሄደዋል", "ሄዷል"),
        ("ተገደዋል", "ተገዷል"),
        ("ሉዓላዊ", "ሏላዊ"),
        ("ቅቡአን", "ቅቧን"),
        ("ዲብ", "ድብ"),
        ("ገና", "ጌና"),
        ("መቼ", "መቸ"),
        ("ቀረ", "ቃረ"),
        ("ኧረ", "አረ"),
    ],
)
def test_different_words_have_different_amharic_keys(one: str, other: str) -> None:
    """Labialized letters, full vowels and separate syllables stay apart."""
    tn = textnorm.load("am")
    assert tn.key(one) != tn.key(other)


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("ሞልቱዋል", "ሞልቷል"),
        ("ያገኙአቸው", "ያገኟቸው"),
        ("ባቀረቡአቸው", "ባቀረቧቸው"),
        ("ያዩኣችሁ", "ያዩኣችሁ"),
        ("ወስደዋል", "ወስደዋል"),
        ("ወደዋሽንግተን", "ወደዋሽንግተን"),
        ("እንደዋለ", "እንደዋለ"),
        ("ሉዓላዊ", "ሉዓላዊ"),
        ("ሉአላዊ", "ሉአላዊ"),
        ("ቅቡአን", "ቅቡአን"),
    ],
)
def test_contraction(word: str, folded: str) -> None:
    """A rounded vowel and wa are one syllable; dä and wa are two, and so are a vowel and a within a word."""
    assert textnorm.load("am", layers=["contraction"])(word) == folded
    combined = textnorm.load("am", layers=["contraction", "homophone"])
    assert combined(word) == AMHARIC(folded)


@pytest.mark.parametrize(
    ("one", "other"),
    [("መቸ", "መቼ"), ("ውጪ", "ውጭ"), ("ገዢ", "ገዥ"), ("እንጂ", "እንጅ"), ("ዉስጥ", "ውስጥ")],
)
def test_similar_spellings_are_a_layer_of_their_own(one: str, other: str) -> None:
    """Palatal letters before varying vowels are made alike on request only."""
    tn = textnorm.load("am")
    similar = textnorm.load("am", layers=["similar"])
    assert tn.key(one) != tn.key(other)
    assert similar(one) == similar(other)


@pytest.mark.parametrize("pair", ["ዲብ ድብ", "ዴሞክራሲ ደሞክራሲ", "ቤት በት", "ሚስት ምስት"])
def test_plain_letters_are_not_similar(pair: str) -> None:
    """Only the palatal rows vary: a hill is no bear."""
    one, other = map(textnorm.load("am", layers=["similar"]), pair.split())
    assert one != other


@pytest.mark.parametrize(
    "pair",
    [
        "መሀረ መሐረ",
        "አረገ ዐረገ",
        "አዘዘ ዐዘዘ",
        "ሀራሲ ሐራሲ",
        "መውግኢ መውግዒ",
        "ደፍኤ ደፍዔ",
        "ህድማ ኅድማ",
        "ንስሓ ንስኻ",
        "ሀ ሃ",
        "ሐ ሓ",
        "አ ኣ",
        "ዐ ዓ",
        "ከ ኸ",
        "ቀ ቐ",
        "ኀ ሀ",
        "ኀ ሐ",
        "ኵሉ ኩሉ",
        "ጐ ጎ",
        "ቈ ቆ",
    ],
)
def test_tigrinya_keeps_apart_what_amharic_folds(pair: str) -> None:
    """Pharyngeals, spirants, vowels and rounded letters tell Tigrinya words apart."""
    tn = textnorm.load("ti")
    one, other = pair.split()
    assert tn.key(one) != tn.key(other)
    assert tn(one) == one


@pytest.mark.parametrize("pair", ["ሠላም ሰላም", "ሥራሕ ስራሕ", "ፀሓይ ጸሓይ", "ፅባሕ ጽባሕ", "ሧ ሷ", "ፆም ጾም"])
def test_two_rows_are_one_in_tigrinya(pair: str) -> None:
    """The two s and the two ts' sound alike; so does nothing else."""
    one, other = map(textnorm.load("ti").key, pair.split())
    assert one == other


def test_the_third_h_of_tigrinya_goes_with_the_pharyngeal() -> None:
    """ኀ joins ሐ, not ሀ, and only on request."""
    assert textnorm.load("ti", layers=["similar"])("ኅለየ ኀሰረ ህድማ ኋላ") == "ሕለየ ሐሰረ ህድማ ኋላ"


@pytest.mark.parametrize("code", range(0x1200, 0x13A0))
def test_geez_is_left_alone(code: int) -> None:
    """No letter of Ge'ez changes, in text or in keys."""
    tn = textnorm.load("gez")
    assert tn(chr(code)) == tn.key(chr(code)) == chr(code)


def test_search_in_geez_may_fold_what_scribes_mix() -> None:
    """On request the letters that manuscripts mix are made alike."""
    search = textnorm.load("gez", layers=["similar"])
    assert search("ሠረቀ ኀለየ ፀፈረ ዐይን") == search("ሰረቀ ሀለየ ጸፈረ አይን")


def test_keys_follow_the_layers_asked_for() -> None:
    """Layers named by the user make the key, whatever the pack would choose."""
    assert textnorm.load("am", layers=["rounding"]).key("ሠፈረ ፍላጐት") == "ሠፈረ ፍላጎት"
    assert textnorm.load("am").fold("ሠፈረ  ፍላጐት ABC") == "ሰፈረ  ፍላጎት ABC"


@pytest.mark.parametrize("lang", sorted(LAYERS))
@given(text=ETHIOPIC)
def test_folding_is_idempotent_and_edits_say_what_it_does(lang: str, text: str) -> None:
    """A second run changes nothing, and replaying the edits gives the same text."""
    for tn in NORMALIZERS[lang]:
        folded = tn(text)
        assert tn(folded) == folded
        document = tn.explain(text)
        assert replay(text, document.edits) == document.text == folded
        assert all(text[edit.start : edit.end] == edit.before for edit in document.edits)


@given(text=ETHIOPIC)
def test_layers_compose(text: str) -> None:
    """Layers one after the other do the same as together, and a fold is a fold of any of its steps."""
    assert ROUNDED(text) == ROUNDING(AMHARIC(text))
    assert ROUNDED(AMHARIC(text)) == ROUNDED(text)


@given(text=ETHIOPIC, times=st.integers(200, 400))
def test_long_texts_are_folded_like_short_ones(text: str, times: int) -> None:
    """The way for long blocks gives what the way for lines gives."""
    assert AMHARIC(text * times) == AMHARIC(text) * times


def test_a_fold_names_the_words_it_merges() -> None:
    """`explain` warns where two words of the lexicon become one."""
    edits = AMHARIC.explain("ፀሐይ ሠረቀ").edits
    assert [edit.merges for edit in edits] == [(), (), ("ሠረቀ", "ሰረቀ")]
    assert "merges" not in edits[0].to_dict()
    assert edits[2].to_dict()["merges"] == ["ሠረቀ", "ሰረቀ"]
