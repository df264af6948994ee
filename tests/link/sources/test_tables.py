"""Terminologies that come in tables, each in a few lines of the shape in which it is distributed."""

from __future__ import annotations

from typing import Any

import pytest

from textnorm.errors import InputError
from textnorm.link.concept import Alias, Concept


def en(*texts: str) -> tuple[Alias, ...]:
    """Exact names in English."""
    return tuple(Alias(text, "exact", "en") for text in texts)


ESCO = """conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,code
Occupation,http://e/occupation/1,0110,army officer,"soldier
military  officer",army oficer,released,0110.1
Occupation,http://e/occupation/2,C2166,"designer, web",,,released,2166.12
Occupation,http://e/occupation/3,2166,withdrawn,,,deprecated,1
KnowledgeSkillCompetence,http://e/skill/4,,knit,,,released,
Occupation,http://e/occupation/5,1
Occupation,,2166,nobody,,,released,
"""


def test_esco(reading: Any, skipped: Any) -> None:
    """Labels within a cell are on lines of their own; codes keep their zeros; the language is in the name."""
    found = reading("esco", {"occupations_en.csv": ESCO})
    soldier, designer, skill = found
    assert soldier == Concept(
        "http://e/occupation/1",
        "army officer",
        (*en("soldier", "military officer"), Alias("army oficer", "related", "en")),
        (),
        ("ISCO08:0110", "ESCO:0110.1"),
        ("occupation",),
        "en",
    )
    assert (designer.label, designer.xrefs) == ("designer, web", ("ISCO08:2166", "ESCO:2166.12"))
    assert (skill.types, skill.xrefs) == (("skill",), ())
    assert skipped(found) == {
        "rows left out by their status": (1, 5),
        "rows with another number of cells than the header": (1, 7),
        "rows without an id": (1, 8),
    }


def test_onet(concepts: Any) -> None:
    """Occupations come first, however the files are given; further titles join them by their code."""
    files = {
        "Sample of Reported Titles.txt": "O*NET-SOC Code\tReported Job Title\tShown in My Next Move\n11-1.00\tBoss\tY\n",
        "Alternate Titles.txt": 'O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n11-1.00\tThe "Chief"\tn/a\t8\n'
        "11-1.00\tChief Executive Officer (CEO)\tCEO\t8\n",
        "Occupation Data.txt": "O*NET-SOC Code\tTitle\tDescription\n11-1.00\tChief Executives\tLead.\n",
    }
    assert concepts("onet", files) == [
        Concept("11-1.00", "Chief Executives", lang="en"),
        Concept("11-1.00", "", en("Boss")),
        Concept("11-1.00", "", en('The "Chief"')),
        Concept("11-1.00", "", en("Chief Executive Officer (CEO)", "CEO")),
    ]


CONSO = """C01|ENG|P|L1|PF|S1|Y|A1||||MSH|MH|D01|Sore throat|0|N|256|
C01|ENG|S|L1|VO|S1|Y|A1||||MSH|ET|D01|Throat pain|0|N||
C01|ENG|S|L1|VO|S1|Y|A1||||SNM|AB|NOCODE|ST|0|N||
C01|GER|P|L1|PF|S1|Y|A1||||MSHGER|MH|D01|Halsschmerzen|0|N||
C01|FRE|P|L1|PF|S1|Y|A1||||MSHFRE|MH|D01|Mal de gorge|0|N||
C01|ENG|S|L1|VO|S1|Y|A1||||MSH|ET|D01|Old throat|0|O||
C02|ENG|P|L1|PF|S1|Y|A1||||X|MH|D02|From elsewhere|0|N||
"""
STY = "C01|T184|A2.2.2|Sign or Symptom|AT1|256|\n"


def test_umls(concepts: Any) -> None:
    """Names by language and source; suppressed ones are left out; types and retired ids are added."""
    retired = "C99|2000AA|SY|||C01|Y|\nC98|2000AA|RN|||C01|Y|\n"
    files = {"MRCUI.RRF": retired, "MRSTY.RRF": STY, "MRCONSO.RRF": CONSO}
    assert concepts("umls", files, where=[("SAB", "MSH.*|SNM")], languages=("en", "de")) == [
        Concept("C01", "Sore throat", xrefs=("MSH:D01",), lang="en"),
        Concept("C01", "", (Alias("Throat pain", "exact", "en"),), xrefs=("MSH:D01",), lang="en"),
        Concept("C01", "", (Alias("ST", "exact", "en", cased=True),), lang="en"),
        Concept("C01", "Halsschmerzen", xrefs=("MSHGER:D01",), lang="de"),
        Concept("C01", "", xrefs=("MSHFRE:D01",), lang="fr"),
        Concept("C01", "", types=("Sign or Symptom", "T184")),
        Concept("C01", "", alt_ids=("C99",)),
    ]


def test_rxnorm(concepts: Any) -> None:
    """Only RxNorm's own names; synonyms are told by their term type."""
    rows = [
        "1|ENG|||||||||1|RXNORM|IN|1|ibuprofen|||4096|",
        "1|ENG|||||||||1|RXNORM|SY|1|brufen base||N|4096|",
        "1|ENG|||||||||1|MMSL|IN|1|other||N|4096|",
        "2|ENG|||||||||1|RXNORM|BN|2|Advil||N||",
    ]
    assert concepts("rxnorm", {"RXNCONSO.RRF": "\n".join(rows).replace("|||||||||1", "|||||||||")}) == [
        Concept("RXNORM:1", "ibuprofen", types=("ingredient",), lang="en"),
        Concept("RXNORM:1", "", en("brufen base"), lang="en"),
        Concept("RXNORM:2", "Advil", types=("brand name",), lang="en"),
    ]


def test_sssom(concepts: Any, reading: Any) -> None:
    """What is mapped to gives names whose scope follows from the predicate; comments say the licence."""
    text = """#mapping_set_version: "2030-01"
#license: https://example.org/cc0
#curie_map:
#  A: http://a/
subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label
A:1\tsore throat\tskos:exactMatch\tB:1\tthroat pain
A:1\tsore throat\tskos:narrowMatch\tB:2\tpain of the tonsils
A:1\tsore throat\tskos:broadMatch\tB:3\tpain
A:1\tsore throat\tskos:closeMatch\tB:4\tpharyngitis
"""
    found = concepts("sssom", {"a.sssom.tsv": text})
    assert [concept.aliases[0] for concept in found] == [
        Alias("throat pain", "exact"),
        Alias("pain of the tonsils", "narrow"),
        Alias("pain", "broad"),
        Alias("pharyngitis", "related"),
    ]
    assert {concept.label for concept in found} == {"sore throat"}
    again = reading("sssom", {"a.sssom.tsv": text})
    list(again)
    assert (again.version, again.licence) == ("2030-01", "https://example.org/cc0")


def test_icd10cm(concepts: Any) -> None:
    """Places in the line are columns; codes get their dot, and are found without it."""
    short = "Sore throat, unsp".ljust(60)
    text = f"00001 J02     0 {'Sore throat'.ljust(60)} Sore throat\n00002 J0290   1 {short} Sore throat, unspecified\n"
    first, second = concepts("icd10cm", {"icd10cm_order_2030.txt": text})
    assert (first.id, first.types, first.alt_ids) == ("ICD10CM:J02", ("category",), ())
    assert second == Concept(
        "ICD10CM:J02.90",
        "Sore throat, unspecified",
        en("Sore throat, unsp"),
        ("ICD10CM:J0290",),
        (),
        ("code",),
        "en",
    )


def test_alpha_id(reading: Any, skipped: Any) -> None:
    """A text is a narrower name of the class of its code; retired rows are left out."""
    text = "1|I1|J02.9|||||Halsweh\n1|I2|A18.0+|M49.0*|||123|Wirbeltuberkulose\n0|I3|J02.9|||||Alt\n1|I4|UUU|||||Sonst\n"
    found = reading("alpha-id", {"icd10gm2030_alphaidse_edvtxt.txt": text})
    assert list(found) == [
        Concept("ICD10GM:J02.9", "", (Alias("Halsweh", "narrow", "de"),)),
        Concept("ICD10GM:A18.0", "", (Alias("Wirbeltuberkulose", "narrow", "de"),), xrefs=("ORPHA:123",)),
    ]
    assert skipped(found) == {"rows left out by their valid": (1, 3), "rows without an id": (1, 4)}


def test_atc(concepts: Any) -> None:
    """The length of a code says whether it is a substance."""
    text = "atc_code,atc_name,ddd,uom,adm_r,note\nM01,ANTIINFLAMMATORY DRUGS,NA,NA,NA,NA\nM01AE01,ibuprofen,1.2,g,O,NA\n"
    group, drug = concepts("atc", {"atc.csv": text})
    assert (group.id, group.types) == ("ATC:M01", ("group",))
    assert (drug.id, drug.label, drug.types) == ("ATC:M01AE01", "ibuprofen", ("substance",))


@pytest.mark.parametrize(("name", "mark"), [("CTD_diseases.tsv", "\t"), ("CTD_diseases.csv", ",")])
def test_medic(concepts: Any, name: str, mark: str) -> None:
    """The header is a line of comment; lists have bars."""
    head = ["DiseaseName", "DiseaseID", "AltDiseaseIDs", "Definition", "Synonyms"]
    row = ["Sore Throat", "MESH:D01", "DO:DOID:1|OMIM:2", "", "Pain of Throat|Throat Pain"]
    text = f"# Report created: Mon\n#\n# Fields:\n# {mark.join(head)}\n#\n{mark.join(row)}\n"
    assert concepts("medic", {name: text}) == [
        Concept(
            "MESH:D01",
            "Sore Throat",
            en("Pain of Throat", "Throat Pain"),
            ("DO:DOID:1", "OMIM:2"),
            lang="en",
        )
    ]


def test_wrong_columns(concepts: Any) -> None:
    """A file of another kind is an error that shows its columns and those that are wanted."""
    with pytest.raises(
        InputError, match=r"a\.csv:1: the columns are x, y .*wants conceptUri with preferredLabel"
    ):
        concepts("esco", {"a.csv": "x,y\n1,2\n"})


def test_empty_file(concepts: Any) -> None:
    """An empty file has no columns, which is an error."""
    with pytest.raises(InputError, match="the columns are missing"):
        concepts("esco", {"a.csv": ""})


def test_strange_header(concepts: Any) -> None:
    """A carriage return within a header is no header, and no fault of the program."""
    with pytest.raises(InputError, match=r"a\.csv:1: the columns are"):
        concepts("esco", {"a.csv": "conceptUri,preferredLabel\rx,y\n1,2,3\n"})


def test_unknown_name(concepts: Any) -> None:
    """Files without a header are told by their names."""
    with pytest.raises(InputError, match=r"told by its name.*MRCONSO"):
        concepts("umls", {"names.txt": CONSO})


def test_unknown_column(concepts: Any) -> None:
    """A condition on a column that no file has is an error, not an empty index."""
    with pytest.raises(InputError, match="no file has a column 'SBA'"):
        concepts("umls", {"MRCONSO.RRF": CONSO}, where=[("SBA", "MSH")])


def test_unreadable_rows(reading: Any, skipped: Any) -> None:
    """A cell beyond all bounds is skipped, and reading goes on."""
    huge = '"' + "x" * 200_000 + '"'
    found = reading("atc", {"atc.csv": f"atc_code,atc_name\nA01,{huge}\nA02,drugs\n"})
    assert [concept.id for concept in found] == ["ATC:A02"]
    assert list(skipped(found).values()) == [(1, 2)]


def test_a_quotation_mark_that_is_never_closed(reading: Any, skipped: Any) -> None:
    """What it swallows is no name; it is told where that begins. Closed, a cell may have many lines."""
    text = 'conceptUri,preferredLabel\n1,"two\nlines"\n2,"open\n3,baker\n4,cook\n'
    found = reading("esco", {"occupations_en.csv": text})
    assert [concept.id for concept in found] == ["1"]
    assert skipped(found) == {"rows with a quotation mark that is never closed, up to the end": (1, 4)}
