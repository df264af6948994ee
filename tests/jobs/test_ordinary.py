"""Titles that are in order already, and neighbours of what the pack takes out."""

from __future__ import annotations

import pytest

import textnorm
from textnorm.normalizer import Normalizer


@pytest.fixture(scope="module")
def jobs() -> Normalizer:
    """The pack with its default layers."""
    return textnorm.load("jobs")


@pytest.mark.parametrize(
    "title",
    [
        "Software Developers",
        "software developer",
        "Education Administrators, Postsecondary",
        "First-Line Supervisors of Construction Trades and Extraction Workers",
        "air traffic controller",
        "night auditor",
        "day trader",
        "shift manager",
        "contract lawyer",
        "part-time lecturer",
        "remote pilot",
        "hybrid vehicle technician",
        "hiring manager",
        "urgent care nurse",
        "position classification specialist",
        "job coach",
        "post office counter clerk",
        "staff nurse",
        "lead burner",
        "head waiter",
        "principal",
        "4x4 instructor",
        "B2B sales manager",
        "24 hour carer",
        "C# developer",
        "C++ programmer",
        ".NET developer",
        "front-end developer",
        "co-op manager",
        "built-in furniture maker",
        "check-in agent",
        "LinkedIn content creator",
        "London underground driver",
        "Berlin wall historian",
        "Reading teacher",
        "Turkey farmer",
        "Attorney at Law",
        "tailor for men",
        "Kaufmann im Einzelhandel",
        "Kellnerin",
        "Sachbearbeiterin Einkauf",
        "aide-soignante",
        "responsable e-commerce",
        "jefe de cocina",
        "pardavėja konsultantė",
        "kavos gėrimų meistras",
        "specjalista ds. kadr",
        "kierowca C+E",
        "direttore d'orchestra",
    ],
)
def test_ordinary_titles_stay(title: str, jobs: Normalizer) -> None:
    """Nothing is taken from a title that has nothing around it."""
    assert jobs(title) == title


@pytest.mark.parametrize(
    ("marker", "title"),
    [
        ("(m/w/d)", "Tischler"),  # German
        ("(m/f/x)", "Welder"),  # English
        ("H/F", "Plombier"),  # French
        ("(m/v)", "Kok"),  # Dutch
        ("(H/M)", "Soldador"),  # Spanish
        ("(M/F)", "Pedreiro"),  # Portuguese, Italian
        ("(k/m)", "Spawacz"),  # Polish
        ("(m/ž)", "Kuchař"),  # Czech, Slovak
        ("(v/m)", "Suvirintojas"),  # Lithuanian
        ("(v/s)", "Metinātājs"),  # Latvian
        ("(m/k)", "Tømrer"),  # Danish, Norwegian
        ("[all genders]", "Designer"),
    ],
)
def test_gender_markers_go_in_many_languages(marker: str, title: str, jobs: Normalizer) -> None:
    """Before, in or behind a title, a marker goes without a trace."""
    assert jobs(f"{title} {marker}") == title
    assert jobs(f"{title} {marker} - Industrie") == f"{title} - Industrie"


@pytest.mark.parametrize(
    ("pair", "title"),
    [
        ("Tischler/-in", "Tischler"),
        ("Pfleger*in", "Pfleger"),
        ("Bankkaufmann/-frau", "Bankkaufmann"),
        ("serveur·se", "serveur"),
        ("infirmier/ière", "infirmier"),
        ("panadero/a", "panadero"),
        ("professor(a)", "professor"),
        ("cuoco/a", "cuoco"),
        ("kelner/ka", "kelner"),
        ("učitel/ka", "učitel"),
        ("kepėjas (-a)", "kepėjas"),
        ("kasininkas/-ė", "kasininkas"),
        ("skolotājs/-a", "skolotājs"),
        ("verkoper/verkoopster", "verkoper"),
        ("Actor/Actress", "Actor"),
    ],
)
def test_of_a_pair_of_forms_the_masculine_stays(pair: str, title: str, jobs: Normalizer) -> None:
    """Endings and pairs for both sexes become the form that taxonomies list."""
    assert jobs(pair) == title


def test_abbreviations_go_by_their_neighbours(jobs: Normalizer) -> None:
    """One short form, several readings; without a cue it stays."""
    assert jobs("Tech Lead") == "Technical Lead"
    assert jobs("Lab Tech") == "Laboratory Technician"
    assert jobs("Acct Manager") == "Account Manager"
    assert jobs("Acct Clerk") == "Accounting Clerk"
    assert jobs("PM Technician") == "Preventive Maintenance Technician"
    assert jobs("PM") == "PM"
    assert jobs("SA - Retail") == "SA - Retail"


def test_capitals_are_no_evidence(jobs: Normalizer) -> None:
    """A title in capitals is read as it would be in small letters."""
    assert jobs("ASST MGR - HR").casefold() == jobs("asst mgr - hr").casefold()
    assert jobs("NURSE (FULL TIME) - LEEDS") == "Nurse"
