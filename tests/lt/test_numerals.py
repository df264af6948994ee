"""Lithuanian number words, form by form, against tables written out by hand."""

from __future__ import annotations

import pytest

from textnorm import load
from textnorm.grammar.grammar import Grammar
from textnorm.grammar.template import compile_template

CASES = ("nom", "gen", "dat", "acc", "ins", "loc")


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    """The grammar of the Lithuanian pack."""
    return load("lt").grammar


def say(grammar: Grammar, number: int, call: str) -> str:
    """A number said by a template call such as 'cardinal gen f'."""
    template = compile_template(f"{{n:{call}}}", grammar.features)
    return template.render(grammar, {"n": str(number)}, grammar.features.empty)


CARDINALS = {
    (1, "m"): "vienas vieno vienam vieną vienu viename",
    (2, "m"): "du dviejų dviem du dviem dviejuose",
    (3, "m"): "trys trijų trims tris trimis trijuose",
    (4, "m"): "keturi keturių keturiems keturis keturiais keturiuose",
    (5, "m"): "penki penkių penkiems penkis penkiais penkiuose",
    (6, "m"): "šeši šešių šešiems šešis šešiais šešiuose",
    (7, "m"): "septyni septynių septyniems septynis septyniais septyniuose",
    (8, "m"): "aštuoni aštuonių aštuoniems aštuonis aštuoniais aštuoniuose",
    (9, "m"): "devyni devynių devyniems devynis devyniais devyniuose",
    (1, "f"): "viena vienos vienai vieną viena vienoje",
    (2, "f"): "dvi dviejų dviem dvi dviem dviejose",
    (3, "f"): "trys trijų trims tris trimis trijose",
    (4, "f"): "keturios keturių keturioms keturias keturiomis keturiose",
    (9, "f"): "devynios devynių devynioms devynias devyniomis devyniose",
    (11, "m"): "vienuolika vienuolikos vienuolikai vienuolika vienuolika vienuolikoje",
    (19, "f"): "devyniolika devyniolikos devyniolikai devyniolika devyniolika devyniolikoje",
    (100, "m"): "šimtas šimto šimtui šimtą šimtu šimte",
    (1000, "f"): "tūkstantis tūkstančio tūkstančiui tūkstantį tūkstančiu tūkstantyje",
    (200, "m"): "du|šimtai dviejų|šimtų dviem|šimtams du|šimtus dviem|šimtais dviejuose|šimtuose",
}


@pytest.mark.parametrize(("number", "gender"), CARDINALS)
def test_cardinals_decline(grammar: Grammar, number: int, gender: str) -> None:
    """Every case and gender of the simple cardinals."""
    expected = [form.replace("|", " ") for form in CARDINALS[number, gender].split()]
    assert [say(grammar, number, f"cardinal {case} {gender}") for case in CASES] == expected


MULTI = {
    (1, "m"): "vieneri vienerių vieneriems vienerius vieneriais vieneriuose",
    (2, "m"): "dveji dvejų dvejiems dvejus dvejais dvejuose",
    (3, "m"): "treji trejų trejiems trejus trejais trejuose",
    (4, "m"): "ketveri ketverių ketveriems ketverius ketveriais ketveriuose",
    (9, "m"): "devyneri devynerių devyneriems devynerius devyneriais devyneriuose",
    (2, "f"): "dvejos dvejų dvejoms dvejas dvejomis dvejose",
    (5, "f"): "penkerios penkerių penkerioms penkerias penkeriomis penkeriose",
}


@pytest.mark.parametrize(("number", "gender"), MULTI)
def test_plural_numerals_decline(grammar: Grammar, number: int, gender: str) -> None:
    """The numerals of nouns that have no singular."""
    forms = [say(grammar, number, f"cardinal {case} {gender} multi") for case in CASES]
    assert forms == MULTI[number, gender].split()


ORDINALS = {
    (5, "simple m sg"): "penktas penkto penktam penktą penktu penktame",
    (5, "simple f sg"): "penkta penktos penktai penktą penkta penktoje",
    (5, "simple m pl"): "penkti penktų penktiems penktus penktais penktuose",
    (5, "simple f pl"): "penktos penktų penktoms penktas penktomis penktose",
    (5, "definite m sg"): "penktasis penktojo penktajam penktąjį penktuoju penktajame",
    (5, "definite f sg"): "penktoji penktosios penktajai penktąją penktąja penktojoje",
    (5, "definite m pl"): "penktieji penktųjų penktiesiems penktuosius penktaisiais penktuosiuose",
    (5, "definite f pl"): "penktosios penktųjų penktosioms penktąsias penktosiomis penktosiose",
    (3, "simple m sg"): "trečias trečio trečiam trečią trečiu trečiame",
    (3, "simple f sg"): "trečia trečios trečiai trečią trečia trečioje",
    (3, "simple m pl"): "treti trečių tretiems trečius trečiais trečiuose",
    (3, "definite m sg"): "trečiasis trečiojo trečiajam trečiąjį trečiuoju trečiajame",
    (3, "definite f sg"): "trečioji trečiosios trečiajai trečiąją trečiąja trečiojoje",
    (3, "definite m pl"): "tretieji trečiųjų tretiesiems trečiuosius trečiaisiais trečiuosiuose",
}


@pytest.mark.parametrize(("number", "form"), ORDINALS)
def test_ordinals_decline(grammar: Grammar, number: int, form: str) -> None:
    """Hard and soft stems, simple and definite, in all cases."""
    forms = [say(grammar, number, f"ordinal {case} {form}") for case in CASES]
    assert forms == ORDINALS[number, form].split()


@pytest.mark.parametrize(
    ("number", "call", "expected"),
    [
        (0, "cardinal gen", "nulio"),
        (10, "cardinal ins", "dešimt"),
        (21, "cardinal gen f", "dvidešimt vienos"),
        (111, "cardinal nom m", "šimtas vienuolika"),
        (234, "cardinal gen m", "dviejų šimtų trisdešimt keturių"),
        (234, "cardinal ins m", "dviem šimtais trisdešimt keturiais"),
        (1001, "cardinal acc f", "tūkstantį vieną"),
        (5000, "cardinal dat m", "penkiems tūkstančiams"),
        (10000, "cardinal nom m", "dešimt tūkstančių"),
        (21000, "cardinal gen f", "dvidešimt vieno tūkstančio"),
        (2_000_000, "cardinal acc m", "du milijonus"),
        (1_000_000, "cardinal nom m", "vienas milijonas"),
        (3_000_000_001, "cardinal nom f", "trys milijardai viena"),
        (2023, "ordinal ins m pl simple", "du tūkstančiai dvidešimt trečiais"),
        (1990, "ordinal gen m pl simple", "tūkstantis devyni šimtai devyniasdešimtų"),
        (2000, "ordinal nom m pl definite", "dutūkstantieji"),
        (100, "ordinal nom m sg definite", "šimtasis"),
        (40, "ordinal loc f sg simple", "keturiasdešimtoje"),
    ],
)
def test_compound_numbers(grammar: Grammar, number: int, call: str, expected: str) -> None:
    """Only what declines in a compound does: hundreds and digits, but no tens; of an ordinal the last word."""
    assert say(grammar, number, call) == expected


@pytest.mark.parametrize(
    ("number", "category"),
    [(1, "one"), (21, "one"), (101, "one"), (2, "few"), (9, "few"), (34, "few"), (122, "few"), (0, "other")]
    + [
        (10, "other"),
        (11, "other"),
        (12, "other"),
        (19, "other"),
        (30, "other"),
        (111, "other"),
        (1000, "other"),
    ],
)
def test_agreement_classes(grammar: Grammar, number: int, category: str) -> None:
    """The last two digits decide how number and noun agree."""
    assert grammar.category(str(number)) == category


def test_decimals_have_their_own_class(grammar: Grammar) -> None:
    """A decimal takes its noun in the genitive singular."""
    assert grammar.category("2,5") == "many"


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("minutė", "minutė minutės minutei minutę minute minutėje minutės minučių minutėms minutes minutėmis minutėse"),
        ("kilovatvalandė", "kilovatvalandė kilovatvalandės kilovatvalandei kilovatvalandę kilovatvalande "
         "kilovatvalandėje kilovatvalandės kilovatvalandžių kilovatvalandėms kilovatvalandes kilovatvalandėmis "
         "kilovatvalandėse"),
        ("ketvirtis", "ketvirtis ketvirčio ketvirčiui ketvirtį ketvirčiu ketvirtyje ketvirčiai ketvirčių ketvirčiams "
         "ketvirčius ketvirčiais ketvirčiuose"),
        ("amžius", "amžius amžiaus amžiui amžių amžiumi amžiuje amžiai amžių amžiams amžius amžiais amžiuose"),
        ("mėnuo", "mėnuo mėnesio mėnesiui mėnesį mėnesiu mėnesyje mėnesiai mėnesių mėnesiams mėnesius mėnesiais "
         "mėnesiuose"),
        ("žmogus", "žmogus žmogaus žmogui žmogų žmogumi žmoguje žmonės žmonių žmonėms žmones žmonėmis žmonėse"),
        ("dalis", "dalis dalies daliai dalį dalimi dalyje dalys dalių dalims dalis dalimis dalyse"),
        ("mokytojas", "mokytojas mokytojo mokytojui mokytoją mokytoju mokytojuje mokytojai mokytojų mokytojams "
         "mokytojus mokytojais mokytojuose"),
    ],
)  # fmt: skip
def test_nouns_decline(grammar: Grammar, lemma: str, forms: str) -> None:
    """Paradigms with their consonant changes, and irregular nouns."""
    lexeme = grammar.lexeme(lemma)
    assert lexeme is not None
    assert grammar.inflector is not None
    bundles = [grammar.features.parse(f"{case} {number}") for number in ("sg", "pl") for case in CASES]
    assert [grammar.inflector.phrase(lexeme, bundle) for bundle in bundles] == forms.split()


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("minučių", "gen pl f"),
        ("žmonėms", "dat pl m"),
        ("straipsniuose", "loc pl m"),
        ("dienas", "acc pl f"),
        ("savaitę", "acc sg f"),
        ("metus", "acc pl m multi"),
        ("rungtynėse", "loc pl f multi"),
    ],
)
def test_forms_are_recognized(grammar: Grammar, word: str, reading: str) -> None:
    """What can be built can be recognized."""
    assert grammar.has_reading(word, tuple(reading.split()))


def test_a_form_that_alternates_is_not_taken_unchanged(grammar: Grammar) -> None:
    """'minutių' is no word: t softens before -ių."""
    assert not grammar.has_reading("minutių", ("?",))
