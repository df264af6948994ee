"""ClaML files."""

from __future__ import annotations

from typing import Any

from textnorm.link.concept import Alias

HEAD = '<?xml version="1.0"?>\n<ClaML version="2.0.0"><Title name="ICD-10-GM" version="2030">x</Title>\n'


def rubric(kind: str, text: str) -> str:
    """A rubric as XML."""
    return f'<Rubric kind="{kind}"><Label xml:lang="de" xml:space="default">{text}</Label></Rubric>'


FILE = (
    HEAD
    + '<ModifierClass code=".0" modifier="M4">' + rubric("preferred", "Mit Koma") + "</ModifierClass>"
    + '<ModifierClass code=".9" modifier="M4">' + rubric("preferred", "Ohne Koma") + "</ModifierClass>"
    + '<ModifierClass code="0" modifier="M5">' + rubric("preferred", "entgleist") + "</ModifierClass>"
    + '<Class code="Z10-Z14" kind="block">' + rubric("preferred", "Zuckerkrankheiten") + '<ModifiedBy code="M4"/></Class>'
    + '<Class code="Z10" kind="category"><SuperClass code="Z10-Z14"/>'
    + '<ModifiedBy code="M5"><ValidModifierClass code="0"/></ModifiedBy>'
    + rubric("preferred", "Zuckerkrankheit, Typ A")
    + rubric("inclusion", "Jugendliche Form <Reference>Z11.-</Reference> der <Fragment>Zuckerkrankheit</Fragment>")
    + rubric("exclusion", "Ganz etwas anderes") + "</Class>"
    + '<Class code="Z11" kind="category"><SuperClass code="Z10-Z14"/><ExcludeModifier code="M4"/>'
    + rubric("preferred", "Zuckerkrankheit, Typ B") + "</Class>"
    + '<Class code="Z12" kind="category"/>'
    + "</ClaML>"
)  # fmt: skip


def test_classes(concepts: Any) -> None:
    """The preferred rubric is the label, inclusions are narrower, exclusions are no names at all."""
    found = {concept.id: concept for concept in concepts("claml", {"icd.xml": FILE})}
    assert found["ICD10GM:Z10"].aliases == (
        Alias("Zuckerkrankheit, Typ A", "label", "de"),
        Alias("Jugendliche Form der Zuckerkrankheit", "narrow", "de"),
    )
    assert found["ICD10GM:Z10"].types == ("category",)


def test_modifiers(concepts: Any) -> None:
    """A fourth digit is added to categories, a fifth to those; an excluded modifier adds nothing."""
    found = {concept.id: concept for concept in concepts("claml", {"icd.xml": FILE})}
    codes = sorted(id for id in found if "Z10" in id or "Z11" in id)
    assert codes == [
        "ICD10GM:Z10", "ICD10GM:Z10-Z14", "ICD10GM:Z10.0", "ICD10GM:Z10.00", "ICD10GM:Z10.9", "ICD10GM:Z10.90",
        "ICD10GM:Z11",
    ]  # fmt: skip
    assert found["ICD10GM:Z10.90"].aliases[0].text == "Zuckerkrankheit, Typ A: Ohne Koma: entgleist"


def test_faults(reading: Any, skipped: Any) -> None:
    """A class without a name is counted; XML that breaks off has given what came before."""
    found = reading("claml", {"icd.xml": FILE.replace("</ClaML>", "\n<Class code=")})
    assert "ICD10GM:Z11" in {concept.id for concept in found}
    assert skipped(found) == {
        "classes without a code or a name": (1, 0),
        "XML that is not well-formed, and what follows it": (1, 4),
    }
    assert found.version == "2030"
