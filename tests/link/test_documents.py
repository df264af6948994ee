"""Short forms read as documents define them."""

import pytest

from textnorm.link.documents import Documents
from textnorm.pack.load import load_pack

DOCUMENT = "Hypertrophic cardiomyopathy (HCM) and gastric cancer (GC) were studied. PE, i.e. pulmonary embolism (PE)."


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("HCM", "Hypertrophic cardiomyopathy"),
        (" GC ", "gastric cancer"),
        ("familial HCM", "familial Hypertrophic cardiomyopathy"),
        ("HCM-related death", "Hypertrophic cardiomyopathy-related death"),
        ("PEs", "pulmonary embolism"),
        ("HCMX", "HCMX"),
        ("hcm", "hcm"),
        ("multiple sclerosis (MS)", "multiple sclerosis"),
        ("anaemia (severe)", "anaemia (severe)"),
    ],
)
def test_read(query: str, read: str) -> None:
    """Whole strings first, then words in them; other words stay as they are."""
    assert Documents().read(query, DOCUMENT) == read


def test_without_a_document() -> None:
    """Nothing is written out, whatever other documents say."""
    documents = Documents()
    documents.read("HCM", DOCUMENT)
    assert documents.read("HCM", None) == "HCM"
    assert documents.read("HCM", "No definitions here.") == "HCM"


def test_introductions_of_the_pack() -> None:
    """Words that a language puts before a short form come from the pack."""
    documents = Documents(load_pack("medical", tests=False))
    text = "Die chronische lymphatische Leukämie (im Folgenden: CLL) ist häufig."
    assert documents.read("CLL", text) == "chronische lymphatische Leukämie"
