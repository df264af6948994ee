"""Context files: what the loader refuses, and what lint complains about."""

from __future__ import annotations

import pytest

from textnorm.errors import PackError
from textnorm.pack.lint import lint
from textnorm.pack.load import load_pack

from .conftest import PACK, Writer

LINKING = """\
format: 1
kind: linking
doc: Things.
tiers: [{tier: exact, layers: []}]
context: [ward.yaml]
"""
WARD = """\
format: 1
kind: context
lang: en
doc: Phrases of a ward.
words: [the]
macros: {trace: '(sign|trace)'}
triggers:
  - {flag: negated, direction: forward, phrases: [nil, 'no {trace} of']}
pseudo: [nil by mouth]
tests: ['Nil [a|negated].', 'No sign of [a|negated].', '[a].', 'Nil by mouth [a].', 'No trace of [a|negated].']
"""


def faults(write: Writer, ward: str) -> list[str]:
    """The findings for a pack with this context file."""
    folder = write(pack=PACK + "linking: linking.yaml\n", linking=LINKING, ward=ward)
    return [str(finding) for finding in lint(load_pack("xx", rules=[folder]))]


def test_a_sound_file_has_no_faults(write: Writer) -> None:
    """Its phrases can be written out and its macros are used."""
    assert faults(write, WARD) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("'no {trace} of'", "'no (sign of'", r"xx/ward.yaml:8:56: .*a bracket is not closed"),
        ("'no {trace} of'", "'no sign) of'", "a bracket is closed that was not opened"),
        ("flag: negated", "flag: denied", '"denied" is no value of "flag"'),
        ("pseudo: [nil", "pseudos: [nil", 'unknown key "pseudos"'),
    ],
)
def test_a_wrong_file_is_refused(write: Writer, old: str, new: str, message: str) -> None:
    """With its place, the offending text and the remedy."""
    with pytest.raises(PackError, match=message):
        faults(write, WARD.replace(old, new))


def test_a_phrase_cannot_be_a_trigger_and_a_pseudo_trigger(write: Writer) -> None:
    """Which of them would hold is anybody's guess."""
    (fault,) = faults(write, WARD.replace("[nil by mouth]", "[No trace of]"))
    assert '"no trace of" is a pseudo-trigger, too [two-meanings]' in fault


def test_macros_that_no_phrase_uses_and_missing_examples_are_faults(write: Writer) -> None:
    """As in other files of a pack."""
    ward = WARD.replace("{trace}", "sign").partition("tests:")[0]
    codes = [fault.rpartition("[")[2] for fault in faults(write, ward)]
    assert codes == ["few-tests]", "unused-macro]"]
