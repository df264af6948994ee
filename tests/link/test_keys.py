"""Keys under which strings count as equal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textnorm.errors import PackError
from textnorm.link.keys import Keys

PACK = """\
format: 1
kind: pack
name: xx
version: 1.0.0
doc: A pack for tests.
linking: linking.yaml
stages:
  - {stage: unicode, layer: unicode, files: [unicode.yaml]}
  - {stage: case, layer: case, files: [case.yaml]}
  - {stage: words, layer: plural, files: [plural.yaml]}
  - {stage: words, layer: stop, files: [stop.yaml], default: off}
"""
UNICODE = "{format: 1, kind: unicode, namespace: xx.unicode, class: FORM, doc: Forms., form: NFKC}"
CASE = "{format: 1, kind: case, namespace: xx.case, class: CASE, doc: Case.}"
PLURAL = """\
format: 1
kind: words
namespace: xx.plural
class: WORD
doc: English plurals.
rewrites:
  - {id: s, doc: Regular plurals., match: '(?<!s)s$', to: ''}
"""
STOP = "{format: 1, kind: words, namespace: xx.stop, class: WORD, doc: Stop words., table: xx/stop}"
LINKING = """\
format: 1
kind: linking
doc: For tests.
tiers:
  - {tier: exact, layers: [case, unicode]}
  - {tier: plural, layers: [unicode, case, plural]}
  - {tier: bag, layers: [unicode, case, plural, stop], order: sorted}
retrieval: {layers: [unicode, case], words: [en]}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of the user with three tiers."""
    folder = tmp_path / "xx"
    (folder / "data" / "xx").mkdir(parents=True)
    (folder / "data" / "xx" / "stop.tsv").write_text("word\nof\nthe\n")
    files = {
        "pack": PACK,
        "unicode": UNICODE,
        "case": CASE,
        "plural": PLURAL,
        "stop": STOP,
        "linking": LINKING,
    }
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)
    return folder


def test_tiers_of_a_pack(pack: Path) -> None:
    """Each tier has the layers that the pack names, in the order of the pack."""
    keys = Keys("xx", rules=[pack])
    assert [tier.name for tier in keys.tiers] == ["exact", "plural", "bag"]
    assert keys.tiers[0].layers == ("unicode", "case")
    texts = ["Diseases of the  Liver", "Liver diseases", "ﬁbres\nof"]
    assert keys.of(0, texts) == ["diseases of the liver", "liver diseases", "fibres of"]
    assert keys.of(1, texts) == ["disease of the liver", "liver disease", "fibre of"]
    assert keys.of(2, texts) == ["disease liver", "disease liver", "fibre"]
    assert list(keys.all(texts)) == [keys.of(tier, texts) for tier in range(3)]
    assert keys.through(["case", "stop"], ["The  Liver"]) == ["liver"]


def test_without_a_pack() -> None:
    """Strings are equal whatever their case and width; in the bag, whatever the order of words."""
    keys = Keys()
    assert keys.of(0, ["Ｌiver  ﬁbrosis", "STRASSE"]) == ["liver fibrosis", "strasse"]
    assert keys.of(1, ["b a b", "a b"]) == ["a b", "a b"]


def test_signature_changes_with_the_pack(pack: Path) -> None:
    """An index can tell that it was built under other rules."""
    before = Keys("xx", rules=[pack]).signature
    (pack / "plural.yaml").write_text(PLURAL.replace("s$", "es$"))
    after = Keys("xx", rules=[pack]).signature
    assert before.startswith("xx|v:1.0.0|keys:")
    assert len({before, after, Keys().signature}) == 3


def test_a_pack_that_links_nothing_is_refused() -> None:
    """The message says what is missing."""
    with pytest.raises(PackError, match="does not say how strings are linked"):
        Keys("lt")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[unicode, case, plural]", "[unicode, caes]", 'layers: no layer is called "caes"'),
        ("retrieval: {", "retrieval: {weights: '1', ", 'retrieval: unknown key "weights"'),
        ("retrieval:", "concepts: [xx/none]\nretrieval:", 'no lexicon "xx/none"'),
        ("order: sorted", "order: random", '"random" is no value of "order"'),
    ],
)
def test_mistakes_in_a_linking_file(pack: Path, old: str, new: str, message: str) -> None:
    """Layers, tables and keys that do not exist are refused with their place."""
    (pack / "linking.yaml").write_text(LINKING.replace(old, new))
    with pytest.raises(PackError, match=message) as error:
        Keys("xx", rules=[pack])
    assert "linking.yaml:" in str(error.value)


@given(st.lists(st.text(), max_size=5))
def test_every_string_has_its_key(texts: list[str]) -> None:
    """Whatever is in the strings, each gets the key that it gets alone, and a key is its own key."""
    keys = Keys()
    for tier in (0, 1):
        found = keys.of(tier, texts)
        assert found == [keys.of(tier, [text])[0] for text in texts]
        assert keys.of(tier, found) == found
