"""Lithuanian number words against tables written by hand: every cell of the reference grammar's §2-§4."""

from __future__ import annotations

import pytest

from textnorm.grammar.grammar import Grammar
from textnorm.grammar.template import compile_template
from textnorm.normalizer import Normalizer

CASES = ("nom", "gen", "dat", "acc", "ins", "loc")
# Number and gender, then the forms in the order of CASES.
CARDINALS = """
1 m            vienas vieno vienam vieną vienu viename
2 m            du dviejų dviem du dviem dviejuose
3 m            trys trijų trims tris trimis trijuose
4 m            keturi keturių keturiems keturis keturiais keturiuose
5 m            penki penkių penkiems penkis penkiais penkiuose
6 m            šeši šešių šešiems šešis šešiais šešiuose
7 m            septyni septynių septyniems septynis septyniais septyniuose
8 m            aštuoni aštuonių aštuoniems aštuonis aštuoniais aštuoniuose
9 m            devyni devynių devyniems devynis devyniais devyniuose
1 f            viena vienos vienai vieną viena vienoje
2 f            dvi dviejų dviem dvi dviem dviejose
3 f            trys trijų trims tris trimis trijose
4 f            keturios keturių keturioms keturias keturiomis keturiose
5 f            penkios penkių penkioms penkias penkiomis penkiose
6 f            šešios šešių šešioms šešias šešiomis šešiose
7 f            septynios septynių septynioms septynias septyniomis septyniose
8 f            aštuonios aštuonių aštuonioms aštuonias aštuoniomis aštuoniose
9 f            devynios devynių devynioms devynias devyniomis devyniose
11             vienuolika vienuolikos vienuolikai vienuolika vienuolika vienuolikoje
12             dvylika dvylikos dvylikai dvylika dvylika dvylikoje
13             trylika trylikos trylikai trylika trylika trylikoje
19             devyniolika devyniolikos devyniolikai devyniolika devyniolika devyniolikoje
"""
# The word for the magnitude itself, after "septyni" where it is plural.
MAGNITUDES = """
100            šimtas šimto šimtui šimtą šimtu šimte
1000           tūkstantis tūkstančio tūkstančiui tūkstantį tūkstančiu tūkstantyje
1000000        milijonas milijono milijonui milijoną milijonu milijone
1000000000     milijardas milijardo milijardui milijardą milijardu milijarde
700            šimtai šimtų šimtams šimtus šimtais šimtuose
7000           tūkstančiai tūkstančių tūkstančiams tūkstančius tūkstančiais tūkstančiuose
7000000        milijonai milijonų milijonams milijonus milijonais milijonuose
7000000000     milijardai milijardų milijardams milijardus milijardais milijarduose
"""
PLURAL_NUMERALS = """
1 m            vieneri vienerių vieneriems vienerius vieneriais vieneriuose
2 m            dveji dvejų dvejiems dvejus dvejais dvejuose
3 m            treji trejų trejiems trejus trejais trejuose
4 m            ketveri ketverių ketveriems ketverius ketveriais ketveriuose
5 m            penkeri penkerių penkeriems penkerius penkeriais penkeriuose
6 m            šešeri šešerių šešeriems šešerius šešeriais šešeriuose
7 m            septyneri septynerių septyneriems septynerius septyneriais septyneriuose
8 m            aštuoneri aštuonerių aštuoneriems aštuonerius aštuoneriais aštuoneriuose
9 m            devyneri devynerių devyneriems devynerius devyneriais devyneriuose
1 f            vienerios vienerių vienerioms vienerias vieneriomis vieneriose
2 f            dvejos dvejų dvejoms dvejas dvejomis dvejose
3 f            trejos trejų trejoms trejas trejomis trejose
4 f            ketverios ketverių ketverioms ketverias ketveriomis ketveriose
5 f            penkerios penkerių penkerioms penkerias penkeriomis penkeriose
"""
ORDINALS = """
5 m sg         penktas penkto penktam penktą penktu penktame
5 f sg         penkta penktos penktai penktą penkta penktoje
5 m pl         penkti penktų penktiems penktus penktais penktuose
5 f pl         penktos penktų penktoms penktas penktomis penktose
5 definite m sg penktasis penktojo penktajam penktąjį penktuoju penktajame
5 definite f sg penktoji penktosios penktajai penktąją penktąja penktojoje
5 definite m pl penktieji penktųjų penktiesiems penktuosius penktaisiais penktuosiuose
5 definite f pl penktosios penktųjų penktosioms penktąsias penktosiomis penktosiose
3 m sg         trečias trečio trečiam trečią trečiu trečiame
3 f sg         trečia trečios trečiai trečią trečia trečioje
3 m pl         treti trečių tretiems trečius trečiais trečiuose
3 definite m sg trečiasis trečiojo trečiajam trečiąjį trečiuoju trečiajame
3 definite f sg trečioji trečiosios trečiajai trečiąją trečiąja trečiojoje
3 definite m pl tretieji trečiųjų tretiesiems trečiuosius trečiaisiais trečiuosiuose
3 definite f pl trečiosios trečiųjų trečiosioms trečiąsias trečiosiomis trečiosiose
"""


def cells(table: str) -> list[tuple[int, str, str]]:
    """Number, features and form of every cell."""
    found = []
    for line in table.strip().splitlines():
        words = line.split()
        forms = words[-6:]
        number, *features = words[:-6]
        found += [
            (int(number), " ".join([*features, case]), form) for case, form in zip(CASES, forms, strict=True)
        ]
    return found


@pytest.fixture(scope="module")
def grammar(lt: Normalizer) -> Grammar:
    """The grammar of the Lithuanian pack."""
    return lt.grammar


def say(grammar: Grammar, template: str, features: str, **fields: str) -> str:
    """The template with these fields and features."""
    return compile_template(template, grammar.features).render(
        grammar, fields, grammar.features.parse(features)
    )


def check(grammar: Grammar, table: str, template: str, extra: str = "") -> None:
    """Every cell of the table is what the grammar says."""
    expected = {(number, features): form for number, features, form in cells(table)}
    said = {
        (number, features): say(grammar, template, f"{features} {extra}", n=str(number))
        for number, features in expected
    }
    assert said == expected


def test_cardinals(grammar: Grammar) -> None:
    """1-9 by gender and case, and the teens, which have no gender and no nasal accusative."""
    check(grammar, CARDINALS, "{n:cardinal}")


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (14, "keturiolika"),
        (15, "penkiolika"),
        (16, "šešiolika"),
        (17, "septyniolika"),
        (18, "aštuoniolika"),
    ],
)
def test_other_teens(number: int, word: str, grammar: Grammar) -> None:
    """They decline as 11 does."""
    stem = word[:-1]
    forms = [word, f"{stem}os", f"{stem}ai", word, word, f"{stem}oje"]
    assert [say(grammar, "{n:cardinal}", case, n=str(number)) for case in CASES] == forms


def test_nought_is_a_noun(grammar: Grammar) -> None:
    """It declines as a noun in -is, always singular."""
    said = [say(grammar, "{n:cardinal}", f"{case} pl", n="0") for case in CASES]
    assert said == ["nulis", "nulio", "nuliui", "nulį", "nuliu", "nulyje"]


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (10, "dešimt"),
        (20, "dvidešimt"),
        (30, "trisdešimt"),
        (40, "keturiasdešimt"),
        (50, "penkiasdešimt"),
        (60, "šešiasdešimt"),
        (70, "septyniasdešimt"),
        (80, "aštuoniasdešimt"),
        (90, "devyniasdešimt"),
    ],
)
def test_tens_do_not_decline(number: int, word: str, grammar: Grammar) -> None:
    """The house convention of §16: bare tens are the same in all cases."""
    assert {say(grammar, "{n:cardinal}", f"{case} f", n=str(number)) for case in CASES} == {word}


def test_magnitudes(grammar: Grammar) -> None:
    """Hundreds, thousands, millions and milliards decline in both numbers, whatever is counted."""
    expected = {(number, features): form for number, features, form in cells(MAGNITUDES)}
    said = {
        (number, case): say(grammar, "{n:cardinal}", f"{case} f pl", n=str(number)).split()[-1]
        for number, case in expected
    }
    assert said == expected


@pytest.mark.parametrize(
    ("number", "features", "expected"),
    [
        ("21", "nom m", "dvidešimt vienas"),
        ("21", "ins f", "dvidešimt viena"),
        ("34", "nom f", "trisdešimt keturios"),
        ("100", "acc", "šimtą"),
        ("1000", "gen", "tūkstančio"),
        ("1000000", "nom", "vienas milijonas"),
        ("234", "gen m", "dviejų šimtų trisdešimt keturių"),
        ("234", "ins m", "dviem šimtais trisdešimt keturiais"),
        ("234", "acc f", "du šimtus trisdešimt keturias"),
        ("2 021", "acc f", "du tūkstančius dvidešimt vieną"),
        ("12 000", "dat", "dvylikai tūkstančių"),
        ("21 000", "gen", "dvidešimt vieno tūkstančio"),
        ("3 000 000", "ins", "trimis milijonais"),
        ("1000000000000", "nom", "vienas trilijonas"),
    ],
)
def test_compound_cardinals(number: str, features: str, expected: str, grammar: Grammar) -> None:
    """Magnitudes and the digits before them decline, tens do not, and the last digit takes the gender."""
    assert say(grammar, "{n:cardinal}", features, n=number) == expected


def test_plural_numerals(grammar: Grammar) -> None:
    """What counts nouns without a singular."""
    check(grammar, PLURAL_NUMERALS, "{n:cardinal}", "multi pl")


@pytest.mark.parametrize(
    ("number", "noun", "features", "expected"),
    [
        ("2", "metai", "nom", "dveji metai"),
        ("3", "metai", "acc", "trejus metus"),
        ("34", "metai", "gen", "trisdešimt ketverių metų"),
        ("21", "metai", "nom", "dvidešimt vieneri metai"),
        ("10", "metai", "ins", "dešimt metų"),
        ("2", "durys", "nom", "dvejos durys"),
        ("1", "mokinys", "nom", "vienas mokinys"),
        ("21", "knyga", "ins", "dvidešimt viena knyga"),
        ("34", "knyga", "nom", "trisdešimt keturios knygos"),
        ("4", "draugas", "ins", "keturiais draugais"),
        ("15", "vaikas", "gen", "penkiolikos vaikų"),
        ("100", "km", "acc", "šimtą kilometrų"),
        ("111", "litras", "dat", "šimtui vienuolikai litrų"),
        ("101", "litras", "dat", "šimtui vienam litrui"),
        ("1000", "minutė", "acc", "tūkstantį minučių"),
    ],
)
def test_counted_nouns(number: str, noun: str, features: str, expected: str, grammar: Grammar) -> None:
    """The three agreement classes of §1, and plural-only nouns."""
    said = say(grammar, "{n:cardinal of=w} {w:noun by=n}", features, n=number, w=noun)
    assert said == expected


def test_ordinals(grammar: Grammar) -> None:
    """The hard stem of "penktas" and the soft one of "trečias", simple and definite."""
    check(grammar, ORDINALS, "{n:ordinal}")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1", "pirmas"),
        ("2", "antras"),
        ("4", "ketvirtas"),
        ("6", "šeštas"),
        ("7", "septintas"),
        ("8", "aštuntas"),
        ("9", "devintas"),
        ("10", "dešimtas"),
        ("11", "vienuoliktas"),
        ("12", "dvyliktas"),
        ("13", "tryliktas"),
        ("14", "keturioliktas"),
        ("15", "penkioliktas"),
        ("16", "šešioliktas"),
        ("17", "septynioliktas"),
        ("18", "aštuonioliktas"),
        ("19", "devynioliktas"),
        ("20", "dvidešimtas"),
        ("30", "trisdešimtas"),
        ("40", "keturiasdešimtas"),
        ("50", "penkiasdešimtas"),
        ("60", "šešiasdešimtas"),
        ("70", "septyniasdešimtas"),
        ("80", "aštuoniasdešimtas"),
        ("90", "devyniasdešimtas"),
        ("100", "šimtas"),
        ("1000", "tūkstantas"),
        ("25", "dvidešimt penktas"),
        ("123", "šimtas dvidešimt trečias"),
        ("1950", "tūkstantis devyni šimtai penkiasdešimtas"),
        ("2001", "du tūkstančiai pirmas"),
    ],
)
def test_ordinal_stems(number: str, expected: str, grammar: Grammar) -> None:
    """Only the last word is an ordinal."""
    assert say(grammar, "{n:ordinal}", "nom m sg", n=number) == expected


@pytest.mark.parametrize(
    ("number", "features", "expected"),
    [
        ("2023", "pl ins m", "du tūkstančiai dvidešimt trečiais"),
        ("2023", "pl gen m definite", "du tūkstančiai dvidešimt trečiųjų"),
        ("1990", "pl nom m definite", "tūkstantis devyni šimtai devyniasdešimtieji"),
        ("2000", "pl nom m definite", "dutūkstantieji"),
        ("2", "sg gen f definite", "antrosios"),
        ("24", "sg acc f", "dvidešimt ketvirtą"),
        ("3", "sg acc m definite", "trečiąjį"),
    ],
)
def test_what_stands_before_the_ordinal_is_frozen(
    number: str, features: str, expected: str, grammar: Grammar
) -> None:
    """It is a nominative cardinal whatever the case of the whole."""
    assert say(grammar, "{n:ordinal}", features, n=number) == expected


@pytest.mark.parametrize(
    ("ending", "features"),
    [
        ("as", "m sg nom"),
        ("asis", "m sg nom definite"),
        ("oji", "f sg nom definite"),
        ("ojo", "m sg gen definite"),
        ("osios", "f sg gen definite"),
        ("ajam", "m sg dat definite"),
        ("ąjį", "m sg acc definite"),
        ("ąją", "f sg acc definite"),
        ("uoju", "m sg ins definite"),
        ("ąja", "f sg ins definite"),
        ("ajame", "m sg loc definite"),
        ("ojoje", "f sg loc definite"),
        ("ieji", "m pl nom definite"),
        ("ųjų", "pl gen definite"),
        ("iesiems", "m pl dat definite"),
        ("osioms", "f pl dat definite"),
        ("uosius", "m pl acc definite"),
        ("ąsias", "f pl acc definite"),
        ("aisiais", "m pl ins definite"),
        ("osiomis", "f pl ins definite"),
        ("uosiuose", "m pl loc definite"),
        ("osiose", "f pl loc definite"),
    ],
)
def test_written_endings(ending: str, features: str, lt: Normalizer) -> None:
    """An ending after a number names the form, and is the end of what is said: "5-ojo" is "penktojo"."""
    assert say(lt.grammar, "{n:ordinal}", features, n="5") == f"penkt{ending}"
    assert lt(f"Tai buvo 5-{ending} dalykas") == f"Tai buvo penkt{ending} dalykas"
