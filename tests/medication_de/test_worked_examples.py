"""Lines as wards and pharmacies write them, each with the reading that a clinician would give it."""

from __future__ import annotations

from typing import Any

import pytest

from textnorm import Normalizer, load

# A line, and of every stretch that matters: its class, its text, and fields that it must have.
LINES: dict[str, list[tuple[str, str, dict[str, str]]]] = {
    "Ramipril 5 mg Tbl. 1-0-1": [
        ("DRUG", "Ramipril", {"ingredient": "ramipril"}),
        ("STRENGTH", "5 mg", {"value": "5", "unit": "mg"}),
        ("FORM", "Tbl.", {"form": "tablet"}),
        ("FREQUENCY", "1-0-1", {"morning": "1", "noon": "0", "evening": "1"}),
    ],
    "Metoprololsuccinat 47,5 mg ret. ½-0-½": [
        ("DRUG", "Metoprololsuccinat", {"ingredient": "metoprolol", "salt": "succinate"}),
        ("STRENGTH", "47,5 mg", {"value": "47.5", "unit": "mg"}),
        ("FORM", "ret.", {"release": "modified"}),
        ("FREQUENCY", "½-0-½", {"morning": "0.5", "noon": "0", "evening": "0.5"}),
    ],
    "ASS 100 1-0-0": [
        ("DRUG", "ASS", {"ingredient": "acetylsalicylic acid"}),
        ("STRENGTH", "100", {"value": "100", "unit": "mg", "implied": "unit"}),
        ("FREQUENCY", "1-0-0", {"morning": "1"}),
    ],
    "Pantoprazol 40 mg 1-0-0-0 nüchtern": [
        ("STRENGTH", "40 mg", {"value": "40"}),
        ("FREQUENCY", "1-0-0-0", {"morning": "1", "night": "0"}),
        ("FREQUENCY", "nüchtern", {"when": "AC"}),
    ],
    "L-Thyroxin 75 µg 1-0-0, 30 min vor dem Frühstück": [
        ("DRUG", "L-Thyroxin", {"ingredient": "levothyroxine"}),
        ("STRENGTH", "75 µg", {"value": "75", "unit": "ug"}),
        ("FREQUENCY", "30 min vor dem Frühstück", {"when": "ACM", "offset": "30", "offset_unit": "min"}),
    ],
    "Amoxicillin/Clavulansäure 875/125 mg p.o. 1-0-1 für 7 Tage": [
        (
            "DRUG",
            "Amoxicillin/Clavulansäure",
            {"ingredient": "amoxicillin", "ingredient2": "clavulanic acid"},
        ),
        ("STRENGTH", "875/125 mg", {"value": "875", "value2": "125", "unit": "mg"}),
        ("ROUTE", "p.o.", {"route": "oral"}),
        ("DURATION", "für 7 Tage", {"value": "7", "unit": "d"}),
    ],
    "Enoxaparin 40 mg s.c. 1x tgl. abends": [
        ("ROUTE", "s.c.", {"route": "subcutaneous"}),
        ("FREQUENCY", "1x tgl.", {"count": "1", "period_unit": "d"}),
        ("FREQUENCY", "abends", {"when": "EVE"}),
    ],
    "Novaminsulfon 500 mg/ml Tr. 4x30 b.B.": [
        ("DRUG", "Novaminsulfon", {"ingredient": "metamizole"}),
        ("STRENGTH", "500 mg/ml", {"value": "500", "unit": "mg", "per_unit": "mL"}),
        ("FORM", "Tr.", {"form": "drops"}),
        ("FREQUENCY", "4x", {"count": "4", "period_unit": "d"}),
        ("DOSAGE", "30", {"value": "30"}),
        ("FREQUENCY", "b.B.", {"as_needed": "yes"}),
    ],
    "Ibuprofen 400 mg b.B., max. 3x/d": [
        ("FREQUENCY", "max. 3x/d", {"max_count": "3", "period_unit": "d"}),
    ],
    "Torasemid 10 mg 1-½-0": [
        ("FREQUENCY", "1-½-0", {"morning": "1", "noon": "0.5", "evening": "0"}),
    ],
    "Marcumar nach INR, Ziel 2,0-3,0": [
        ("DRUG", "Marcumar", {"ingredient": "phenprocoumon"}),
        ("CONDITION", "nach INR", {"by": "INR"}),
        ("LIMIT", "Ziel 2,0-3,0", {"target_low": "2", "target_high": "3"}),
    ],
    "Fentanyl TTS 25 µg/h, Wechsel alle 72 h": [
        ("FORM", "TTS", {"form": "patch"}),
        ("STRENGTH", "25 µg/h", {"value": "25", "unit": "ug", "per_unit": "h"}),
        ("FREQUENCY", "alle 72 h", {"period": "72", "period_unit": "h"}),
    ],
    "Insulin glargin 0-0-0-14 IE s.c.": [
        ("DRUG", "Insulin glargin", {"ingredient": "insulin glargine"}),
        ("FREQUENCY", "0-0-0-14 IE", {"night": "14", "unit": "[iU]"}),
    ],
    "NovoRapid 10-8-12 IE zu den Mahlzeiten": [
        ("DRUG", "NovoRapid", {"ingredient": "insulin aspart"}),
        ("FREQUENCY", "10-8-12 IE", {"morning": "10", "noon": "8", "evening": "12", "unit": "[iU]"}),
        ("FREQUENCY", "zu den Mahlzeiten", {"when": "C"}),
    ],
    "Methotrexat 15 mg s.c. 1x/Woche (montags)": [
        ("FREQUENCY", "1x/Woche", {"count": "1", "period_unit": "wk"}),
        ("FREQUENCY", "montags", {"days": "mon"}),
    ],
    "Folsäure 5 mg dienstags 1-0-0": [
        ("DRUG", "Folsäure", {"ingredient": "folic acid"}),
        ("FREQUENCY", "dienstags", {"days": "tue"}),
    ],
    "Prednisolon 40 mg für 3 Tage, dann 20 mg für 3 Tage, dann absetzen": [
        ("STRENGTH", "40 mg", {"value": "40"}),
        ("DURATION", "für 3 Tage", {"value": "3", "unit": "d"}),
        ("STRENGTH", "20 mg", {"value": "20"}),
        ("DURATION", "für 3 Tage", {"value": "3", "unit": "d"}),
        ("STATUS", "absetzen", {"status": "stopped"}),
    ],
    "Ceftriaxon 2 g i.v. 1x tgl. über 30 min, bis 14.03.": [
        ("STRENGTH", "2 g", {"value": "2", "unit": "g"}),
        ("DURATION", "über 30 min", {"value": "30", "unit": "min"}),
        ("DURATION", "bis 14.03.", {"until": "--03-14"}),
    ],
    "Salbutamol DA 2 Hübe b.B., max. 8 Hübe/d": [
        ("FORM", "DA", {"form": "inhaler"}),
        ("DOSAGE", "2 Hübe", {"value": "2", "unit": "{puff}"}),
        ("LIMIT", "max. 8 Hübe/d", {"value": "8", "unit": "{puff}", "period_unit": "d"}),
    ],
    "Formoterol/Budesonid 4,5/160 µg 1 Inh. morgens u. abends": [
        ("STRENGTH", "4,5/160 µg", {"value": "4.5", "value2": "160", "unit": "ug"}),
        ("DOSAGE", "1 Inh.", {"value": "1", "unit": "{inhalation}"}),
        ("FREQUENCY", "morgens u. abends", {"when": "MORN EVE"}),
    ],
    "Kalinor Brause 1-0-1": [
        ("DRUG", "Kalinor", {"ingredient": "potassium"}),
        ("FORM", "Brause", {"form": "effervescent"}),
    ],
    "Vigantol 20.000 IE 1x/Monat": [
        ("DRUG", "Vigantol", {"ingredient": "colecalciferol"}),
        ("STRENGTH", "20.000 IE", {"value": "20000", "unit": "[iU]"}),
        ("FREQUENCY", "1x/Monat", {"count": "1", "period_unit": "mo"}),
    ],
    "Digitoxin 0,07 mg 1-0-0 (Mo-Fr)": [
        ("STRENGTH", "0,07 mg", {"value": "0.07"}),
        ("FREQUENCY", "Mo-Fr", {"days": "mon-fri"}),
    ],
    "Bisoprolol 2,5 mg 1-0-0, pausiert bei HF < 55": [
        ("STATUS", "pausiert", {"status": "held"}),
        ("CONDITION", "bei HF < 55", {"reason": "HF", "comparison": "<", "value": "55"}),
    ],
    "Simvastatin 20 mg 0-0-1 abgesetzt": [
        ("FREQUENCY", "0-0-1", {"evening": "1"}),
        ("STATUS", "abgesetzt", {"status": "stopped"}),
    ],
    "Apixaban 5 mg 1-0-1 neu": [("STATUS", "neu", {"status": "new"})],
    "Candesartan von 8 mg auf 16 mg erhöht, 1-0-0": [
        ("STRENGTH", "8 mg", {"value": "8"}),
        ("STRENGTH", "16 mg", {"value": "16"}),
        ("STATUS", "erhöht", {"status": "changed"}),
    ],
    "Lactulose 2 x 15 ml": [
        ("FREQUENCY", "2 x", {"count": "2", "period_unit": "d"}),
        ("DOSAGE", "15 ml", {"value": "15", "unit": "mL"}),
    ],
    "Paracetamol 1.000 mg i.v. alle 6 h, max. 4 g/24 h": [
        ("STRENGTH", "1.000 mg", {"value": "1000", "unit": "mg"}),
        ("FREQUENCY", "alle 6 h", {"period": "6", "period_unit": "h"}),
        ("LIMIT", "max. 4 g/24 h", {"value": "4", "unit": "g", "period_unit": "d"}),
    ],
    "Macrogol Btl. 1-0-1": [("FORM", "Btl.", {"form": "sachet"})],
    "Latanoprost AT bds. 0-0-1 Tr.": [
        ("FORM", "AT", {"form": "eye_drops"}),
        ("SITE", "bds.", {"site": "both"}),
        ("FREQUENCY", "0-0-1 Tr.", {"evening": "1", "unit": "[drp]"}),
    ],
    "Clotrimazol Creme 2x tgl. dünn auftragen für 2 Wochen": [
        ("FORM", "Creme", {"form": "cream"}),
        ("DURATION", "für 2 Wochen", {"value": "2", "unit": "wk"}),
    ],
    "Diclofenac 75 mg i.m. einmalig": [
        ("ROUTE", "i.m.", {"route": "intramuscular"}),
        ("FREQUENCY", "einmalig", {"frequency": "once"}),
    ],
    "Tilidin/Naloxon 50/4 mg ret. 1-0-1": [
        ("DRUG", "Tilidin/Naloxon", {"ingredient": "tilidine", "ingredient2": "naloxone"}),
        ("STRENGTH", "50/4 mg", {"value": "50", "value2": "4"}),
        ("FORM", "ret.", {"release": "modified"}),
    ],
    "Morphin 10 mg s.c. alle 4 Std. bei Bedarf bei Dyspnoe": [
        ("FREQUENCY", "alle 4 Std.", {"period": "4", "period_unit": "h"}),
        ("FREQUENCY", "bei Bedarf", {"as_needed": "yes"}),
        ("REASON", "bei Dyspnoe", {"reason": "Dyspnoe"}),
    ],
    "HCT 12,5 mg 1-0-0": [("DRUG", "HCT", {"ingredient": "hydrochlorothiazide"})],
    "Valsartan/HCT 160/12,5 1-0-0": [
        ("DRUG", "Valsartan/HCT", {"ingredient": "valsartan", "ingredient2": "hydrochlorothiazide"}),
        ("STRENGTH", "160/12,5", {"value": "160", "value2": "12.5", "unit": "mg", "implied": "unit"}),
    ],
    "Levetiracetam 500 mg 1-0-1, nach 2 Wo. auf 2-0-2 steigern": [
        ("FREQUENCY", "1-0-1", {"morning": "1", "evening": "1"}),
        ("FREQUENCY", "2-0-2", {"morning": "2", "evening": "2"}),
        ("STATUS", "steigern", {"status": "changed"}),
    ],
    "Citalopram 20mg 1 x 1 morgens": [
        ("STRENGTH", "20mg", {"value": "20", "unit": "mg"}),
        ("FREQUENCY", "1 x", {"count": "1"}),
        ("DOSAGE", "1", {"value": "1"}),
        ("FREQUENCY", "morgens", {"when": "MORN"}),
    ],
    "Quetiapin 25 mg 0-0-0-1 b.B. 1 weitere": [
        ("FREQUENCY", "0-0-0-1", {"night": "1"}),
        ("FREQUENCY", "b.B.", {"as_needed": "yes"}),
        ("DOSAGE", "1", {"value": "1"}),
    ],
    "Mirtazapin 15 mg z.N.": [("FREQUENCY", "z.N.", {"when": "HS"})],
    "Zopiclon 7,5 mg ½ zur Nacht, max. 5 Tage": [
        ("DOSAGE", "½", {"value": "0.5"}),
        ("FREQUENCY", "zur Nacht", {"when": "HS"}),
        ("DURATION", "max. 5 Tage", {"value": "5", "unit": "d"}),
    ],
    "Dexamethason 4 mg 2-2-0, alle 3 Tage um 4 mg reduzieren": [
        ("FREQUENCY", "2-2-0", {"morning": "2", "noon": "2"}),
        ("FREQUENCY", "alle 3 Tage", {"period": "3", "period_unit": "d"}),
        ("STRENGTH", "4 mg", {"value": "4"}),
        ("STATUS", "reduzieren", {"status": "changed"}),
    ],
    "Xarelto 20 mg 0-0-1 zum Abendessen, Dauertherapie": [
        ("DRUG", "Xarelto", {"ingredient": "rivaroxaban"}),
        ("FREQUENCY", "zum Abendessen", {"when": "CV"}),
        ("DURATION", "Dauertherapie", {"duration": "indefinite"}),
    ],
    "Ciprofloxacin 500 mg 1-0-1 bis einschl. 12.05.": [
        ("DURATION", "bis einschl. 12.05.", {"until": "--05-12", "inclusive": "yes"}),
    ],
    "NaCl 0,9 % 1000 ml i.v. über 12 h": [
        ("DRUG", "NaCl", {"ingredient": "sodium chloride"}),
        ("STRENGTH", "0,9 %", {"value": "0.9", "unit": "%"}),
        ("DOSAGE", "1000 ml", {"value": "1000", "unit": "mL"}),
        ("DURATION", "über 12 h", {"value": "12", "unit": "h"}),
    ],
    "Heparin-Perfusor 25.000 IE/50 ml mit 2 ml/h": [
        ("FORM", "Perfusor", {"form": "infusion"}),
        (
            "STRENGTH",
            "25.000 IE/50 ml",
            {"value": "25000", "unit": "[iU]", "per_value": "50", "per_unit": "mL"},
        ),
        ("DOSAGE", "2 ml/h", {"value": "2", "unit": "mL", "per_unit": "h"}),
    ],
    "Dipidolor 7,5 mg langsam i.v.": [
        ("DRUG", "Dipidolor", {"ingredient": "piritramide"}),
        ("ROUTE", "i.v.", {"route": "intravenous"}),
    ],
    "Ferro sanol duodenal 100 mg 1-0-0": [
        ("DRUG", "Ferro sanol duodenal", {"ingredient": "ferrous glycine sulfate"}),
        ("STRENGTH", "100 mg", {"value": "100"}),
    ],
    "Eplerenon 25 mg jeden 2. Tag": [
        ("FREQUENCY", "jeden 2. Tag", {"period": "2", "period_unit": "d"}),
    ],
    "Allopurinol 300 mg ½ Tbl. tgl.": [
        ("DOSAGE", "½", {"value": "0.5", "unit": "tablet"}),
        ("FORM", "Tbl.", {"form": "tablet"}),
        ("FREQUENCY", "tgl.", {"count": "1", "period_unit": "d"}),
    ],
    "Jodid 100 µg 1x1": [
        ("DRUG", "Jodid", {"ingredient": "iodide"}),
        ("FREQUENCY", "1x", {"count": "1"}),
        ("DOSAGE", "1", {"value": "1"}),
    ],
    "Spironolacton 25 mg 1–0–0": [("FREQUENCY", "1–0–0", {"morning": "1"})],
    "Metformin 1000mg 1 - 0 - 1": [("FREQUENCY", "1 - 0 - 1", {"morning": "1", "evening": "1"})],
    "Metformin wegen GFR 28 ml/min pausiert": [
        ("DRUG", "Metformin", {"ingredient": "metformin"}),
        ("STATUS", "pausiert", {"status": "held"}),
    ],
    "Blutdruck 140/80 mmHg unter Ramipril 10 mg": [("STRENGTH", "10 mg", {"value": "10"})],
    "Keine regelmäßige Medikation": [],
    "Allergie: Penicillin": [("ALLERGY", "Penicillin", {"ingredient": "penicillin"})],
}

# Classes that a line must have no other stretch of than those listed.
COMPLETE = ("DRUG", "STRENGTH", "DOSAGE", "FREQUENCY")


@pytest.fixture(scope="module")
def tn() -> Normalizer:
    """The pack as it comes."""
    return load("medication-de")


def spans(tn: Normalizer, line: str) -> list[tuple[str, str, dict[str, Any]]]:
    """What is recognized in a line, in order."""
    found = tn.explain(line).to_spans()["spans"]
    return [(span["class"], span["text"], span.get("fields", {})) for span in found]


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_read_as_meant(line: str, tn: Normalizer) -> None:
    """Every stretch is found with its normalized values, in the order of the line."""
    found = spans(tn, line)
    position = 0
    for cls, text, fields in LINES[line]:
        at = next((i for i, one in enumerate(found[position:], position) if one[:2] == (cls, text)), None)
        assert at is not None, (cls, text, found)
        assert fields.items() <= found[at][2].items()
        position = at + 1


@pytest.mark.parametrize(
    ("line", "classes"),
    [
        ("Marcumar nach INR, Ziel 2,0-3,0", {"DRUG"}),
        ("Metformin wegen GFR 28 ml/min pausiert", {"DRUG"}),
        ("Blutdruck 140/80 mmHg unter Ramipril 10 mg", {"DRUG", "STRENGTH"}),
        ("Keine regelmäßige Medikation", set()),
        ("Allergie: Penicillin", set()),
        ("Kalinor Brause 1-0-1", {"DRUG", "FREQUENCY"}),
        ("Insulin glargin 0-0-0-14 IE s.c.", {"DRUG", "FREQUENCY"}),
    ],
)
def test_what_is_no_dose_is_not_read_as_one(line: str, classes: set[str], tn: Normalizer) -> None:
    """Target ranges, laboratory values, pressures and allergies make no drug, strength or scheme."""
    assert {cls for cls, _, _ in spans(tn, line) if cls in COMPLETE} == classes


@pytest.mark.parametrize(
    ("line", "reading"),
    [
        ("Ramipril 5 mg Tbl. 1-0-1", "Ramipril fünf Milligramm Tablette morgens eine, abends eine"),
        (
            "Metoprololsuccinat 47,5 mg ret. ½-0-½",
            "Metoprololsuccinat siebenundvierzig Komma fünf Milligramm retard "
            "morgens eine halbe, abends eine halbe",
        ),
        (
            "Der Patient erhielt 2x täglich 500 mg Metformin per os für 1 Woche.",
            "Der Patient erhielt zweimal täglich fünfhundert Milligramm Metformin per os für eine Woche.",
        ),
        (
            "Insulin glargin 0-0-0-1 IE s.c.",
            "Insulin glargin nachts eine Internationale Einheit subkutan.",
        ),
        ("Salbutamol 1 Hub b.B.", "Salbutamol einen Hub bei Bedarf."),
        ("Paracetamol Supp. 1-0-1", "Paracetamol Zäpfchen morgens eins, abends eins"),
        ("Macrogol Btl. ½-0-2", "Macrogol Beutel morgens einen halben, abends zwei"),
        ("Ibuprofen 400 mg seit 3 Tagen", "Ibuprofen vierhundert Milligramm seit drei Tagen"),
        (
            "Vancomycin 1 g alle 12 h über 1 h bis 03.04.2024",
            "Vancomycin ein Gramm alle zwölf Stunden über eine Stunde "
            "bis zum dritten April zweitausendvierundzwanzig",
        ),
        (
            "Heparin 25.000 IE/50 ml mit 2 ml/h",
            "Heparin fünfundzwanzigtausend Internationale Einheiten pro fünfzig Milliliter "
            "mit zwei Milliliter pro Stunde",
        ),
        ("Entlassung am 12.05., RR 140/80, Zimmer 1-2", "Entlassung am 12.05., RR 140/80, Zimmer 1-2"),
    ],
)
def test_lines_are_written_out_as_they_are_said(line: str, reading: str, tn: Normalizer) -> None:
    """Numbers agree with what they count; what is no medication stays."""
    assert tn(line) == reading


@pytest.mark.parametrize(
    ("scheme", "per_day"),
    [("1-0-1", "2"), ("½-0-½", "1"), ("1-1-1-½", "3.5"), ("0,5-0-1,25", "1.75"), ("20-0-20 Tr.", "40")],
)
def test_a_scheme_adds_up_to_a_daily_number(scheme: str, per_day: str, tn: Normalizer) -> None:
    """The sum of the doses is a field, in units of the form."""
    fields = [fields for cls, _, fields in spans(tn, f"Valoron {scheme}") if cls == "FREQUENCY"]
    assert [one["per_day"] for one in fields] == [per_day]
