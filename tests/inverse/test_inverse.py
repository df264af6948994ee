"""The inverse as users meet it: what it writes, what it leaves alone, and the interface around it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from textnorm import Normalizer, load
from textnorm.document import replay
from textnorm.errors import PackError

TEXT = "Nubėgo penkis kilometrus.\nVienas kitas atėjo.\nSumokėjo dvylika eurų penkis centus."


def test_lines_stay_apart_and_edits_replay(lt: Normalizer) -> None:
    """Offsets are those of the text, and the edits rebuild the output."""
    document = lt.explain(TEXT)
    assert document.text == "Nubėgo 5 km.\nVienas kitas atėjo.\nSumokėjo 12,05 Eur."
    assert lt(TEXT) == document.text == replay(TEXT, document.edits)
    assert [edit.before for edit in document.edits] == ["penkis kilometrus", "dvylika eurų penkis centus"]
    assert [edit.rule for edit in document.edits] == ["lt.unit.measure", "lt.money.cents"]
    assert dict(document.edits[1].fields) == {"n": "12", "u": "Eur", "c": "05"}


def test_pipe_pickle_and_signature(lt: Normalizer, forward: Normalizer) -> None:
    """The same interface as forwards; the signature tells the direction."""
    copy = pickle.loads(pickle.dumps(lt))
    assert list(copy.pipe(["Penki kilometrai", "du draugai"])) == ["5 km", "du draugai"]
    assert "inverse" in lt.signature
    assert lt.signature == copy.signature != forward.signature


def test_nothing_of_it_is_loaded_forwards() -> None:
    """The forward normalizer neither imports nor builds it."""
    import subprocess
    import sys

    code = "import sys, textnorm; textnorm.load('lt')('5 km'); print('textnorm.inverse' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("Baudos dydis – nuo vieno tūkstančio iki trijų tūkstančių eurų.", "nuo 1000 iki 3000 Eur."),
        ("Nuo dešimties iki dvidešimties kilometrų per valandą.", "Nuo 10 iki 20 km/h."),
        ("Infliacija siekė du kablelis nulis penkis procento.", "siekė 2,05 proc."),
        ("dvidešimt trys kilometrai iki miesto", "23 km iki miesto"),
    ],
)
def test_other_ways_of_saying_it(lt: Normalizer, spoken: str, written: str) -> None:
    """Words that need not be said, declined tens, transcripts without capitals."""
    assert lt(spoken).endswith(written)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("Vyks sausio penktąją dieną.", "Vyks sausio 5 d."),
        ("Sveria du ir penkias dešimtąsias kilogramo.", "Sveria 2,5 kg."),
        ("Kaina – du kablelis penkiasdešimt euro.", "Kaina – 2,50 Eur."),
    ],
)
def test_every_style_of_the_pack_is_understood(lt: Normalizer, spoken: str, written: str) -> None:
    """What an option makes the forward pack say is written, whatever the option is now."""
    assert lt(spoken) == written


@pytest.mark.parametrize(
    "text",
    [
        "Šimtas penkių eurų.",  # two numbers, or a slip: neither 105 nor 100 reads back
        "Numeris devyni septyni aštuoni.",  # no code that is known
        "Filmas Dvylika beždžionių.",  # the capital is that of a name
        "Svečiai atvyko dvidešimt penki šimtai.",
    ],
)
def test_what_does_not_read_back_stays(lt: Normalizer, text: str) -> None:
    """The forward rules would say something else."""
    assert lt(text) == text


def test_numbers_are_never_cut_apart(lt: Normalizer) -> None:
    """Where the whole cannot be written, no part of it is."""
    text = "Įmonei dvidešimt ketverių vaikinas nepatiko."
    assert lt(text) == text


def test_option_for_small_numbers() -> None:
    """From two on with `all`; one stays a word, since it is a pronoun too."""
    every = load("lt", inverse=True, options={"numbers": "all"})
    assert every("Du draugai ir vienas priešas.") == "2 draugai ir vienas priešas."


def test_only_and_off_choose_rules() -> None:
    """Selection works on what is written; verification still knows all rules."""
    money = load("lt", inverse=True, only="lt.money.*")
    assert money("Dvylika eurų penki centai ir šeši kilometrai.") == "12,05 Eur ir šeši kilometrai."
    assert load("lt", inverse=True, off="NUM")("Penki kilometrai.") == "Penki kilometrai."


def test_losers_are_told(lt: Normalizer) -> None:
    """`why` lists what was not used."""
    losers = lt.explain("Penki kilometrai.", why=True).losers
    assert ("lt.unit.measure", "Penki kilometrai") in {(loser.rule, loser.before) for loser in losers}


def test_a_pack_without_writings_says_so() -> None:
    """In one line."""
    rules = Path(__file__).parents[1] / "cli" / "packs" / "tt"
    with pytest.raises(PackError, match="cannot be run backwards: none of its rules has `write`"):
        load("tt", rules=[rules], inverse=True)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("two hundred and thirty-five kilometres", "235 km"),
        ("One mile, twelve kilometres.", "1 mi, 12 km."),
        ("my code one oh oh is", "my #100 is"),
        ("one half of it", "one half of it"),
        ("one kilometres", "one kilometres"),
        ("two hundred and hope", "two hundred and hope"),
        ("in twenty-three ways", "in twenty-three ways"),
    ],
)
def test_another_language(english: Normalizer, spoken: str, written: str) -> None:
    """Other number words, no cases, hyphens: all of it is in the pack."""
    assert english(spoken) == written
