"""A toy language with a bit of everything: cases, genders, plural-only nouns, sound changes, number words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from textnorm.grammar.grammar import Grammar

TREE: dict[str, Any] = {
    "features": {
        "case": ["nom", "gen", "acc"],
        "gender": ["m", "f"],
        "number": ["sg", "pl"],
        "series": ["basic", "multi"],
    },
    "plural": {
        "one": "n % 10 = 1 and n % 100 != 11",
        "few": "n % 10 = 2..4 and n % 100 != 12..14",
        "many": "v != 0",
        "other": "",
    },
    "agreement": {"one": "sg", "few": "pl", "many": "sg gen", "other": "pl gen"},
    "numerals": {"group": " \u00a0", "decimal": ","},
    "months": "xx/months",
    "senses": ["time", "money"],
    "tags": {"plural-only": "pl multi"},
    "alternations": [{"ending": "i", "replace": {"sc": "st", "t": "c"}}],
    "paradigms": {
        "us": {"lemma": "us i", "is": "m", "sg": ["us", "i", "um"], "pl": ["i", "orum", "os"]},
        "a": {"lemma": "a ae", "is": "f", "sg": ["a", "ae", "am"], "pl": ["ae", "arum", "as"]},
        "adj": {
            "lemma": "us",
            "sg": {"m": ["us", "i", "um"], "f": ["a", "ae", "am"]},
            "pl": {"m": ["i", "orum", "os"], "f": ["ae", "arum", "as"]},
        },
        "defective": {"lemma": "us", "sg": ["us", "-", "um/om"]},
    },
    "lexemes": [
        {"table": "xx/nouns"},
        {"table": "xx/irregular", "irregular": "on"},
        {"table": "xx/units", "key": "written", "analyze": "off"},
        {"name": "titles", "table": "xx/titles", "key": "abbr"},
    ],
    "morphology": {"suffixes": "xx/suffixes", "exclude": ["xx/functions"], "attribute": "sg gen"},
    "numbers": {
        "cardinal": {
            "limit": "5000",
            "0": "nullus",
            "1": {
                "forms": {
                    "basic": {"m": ["unus", "unius", "unum"], "f": ["una", "unius", "unam"]},
                    "multi": ["uni", "unorum", "unos"],
                }
            },
            "2": {"forms": {"m": ["duo", "duorum", "duos"], "f": ["duae", "duarum", "duas"]}},
            "3": "tres",
            "5": "quinque",
            "10": "decem",
            "20": "viginti[ {r:cardinal}]",
            "100": "[{q:cardinal m basic drop=1} ]{centus:noun by=q}[ {r:cardinal}]",
            "1000": "{q:cardinal f basic} {milla:noun by=q}[ et {r:cardinal}]",
        },
        "ordinal": {
            "1": {"stem": "prim", "paradigm": "adj"},
            "2": {"stem": "secund", "paradigm": "adj"},
            "20": {"exact": {"stem": "vicesim", "paradigm": "adj"}, "other": "viginti {r:ordinal}"},
        },
    },
    "readings": {
        "amount": [
            {"match": r"(?P<n>[\d ]+)", "say": "{n:cardinal}"},
            {
                "match": r"(?P<i>\d+),(?P<f>0+)",
                "when": {"range": {"i": ["0", "2"]}},
                "say": "{i:cardinal} sharp",
            },
            {"match": r"(?P<i>\d+),(?P<f>\d+)", "say": "{i:cardinal} comma {f:spell digits}"},
        ]
    },
    "spelling": {
        "digits": {"0": "nil", "1": "un", "2": "du", "3": "tri", "-": ""},
        "letters": "xx/letters",
        "names": "xx/letters.name",
    },
    "tables": {"endings": {"a": "f.sg.nom f.sg.acc", "um": "m.sg.acc", "orum": "pl.gen"}},
    "cues": {
        "noun": [{"agree": "w w2", "with": "n"}, {"use": "default"}],
        "default": [{"is": "nom", "uncertain": "on"}],
    },
    "predicates": {"big": {"range": {"n": ["100", "999"]}}},
    "governors": {"prep": {"table": "xx/preps", "key": "words", "value": "case", "skip": "xx/skip"}},
    "sentence": {},
    "macros": {"sp": "[ \u00a0]"},
    "bounds": {"code": {"left": "(?<!{sp}-)"}},
}
TABLES = {
    "nouns": "lemma\tparadigm\ttags\tsource\n"
    "servus\tus\tperson\ts\nporta\ta\t\ts\nhortus\tus\t\ts\ndigitus\tus\thard\ts\n"
    "castrae\ta\tplural-only\ts\nhora\ta\ttime\ts\nhora media\ta a\ttime\ts\npassus per horam\tus\t\ts\n"
    "vis\tirr\tforce\ts\ncentus\tus\t\ts\nmilla\ta\t\ts\nmagnus\tadj\tsize\ts\npiscus\tus\t\ts\n",
    "irregular": "lemma\tgender\tnumber\tnom\tgen\tacc\tsource\n"
    "vis\tf\tsg\tvis\t-\tvim\ts\nvis\tf\tpl\tvires\tvirium\tvires\ts\n",
    "units": "written\tlemma\tparadigm\ttags\tsource\nh\thora\ta\ttime\ts\nk. a.\tnummus\tus\tmoney\ts\n",
    "titles": "abbr\tlemma\tparadigm\tsource\ndr.\tdoctus\tus\ts\nh\theres\t-\ts\n",
    "months": "form\tnumber\tsource\nianuarii\t1\ts\nfebruarii\t2\ts\n",
    "suffixes": "suffix\tanalyses\tsource\nus\tm.sg.nom\ts\nrus\tm.sg.nom m.pl.acc\ts\nnt\tx\ts\nis\tsg.gen\ts\nas\tf.pl.acc\ts\n",
    "functions": "word\tsource\nplus\ts\nminus\ts\n",
    "letters": "sign\tname\tsource\nA\ta\ts\nB\tbe\ts\n@\tad\ts\ns. a.\tsine anno\ts\n",
    "preps": "words\tcase\tsense\treach\tsource\n"
    "ad\tacc\t\tadjacent\ts\nin\tacc\ttime\tadjacent\ts\nin\tgen\tmoney\tadjacent\ts\n"
    "causa rei\tgen\t\tadjacent\ts\nhab*\tacc\t\tclause\ts\nhabere nolo\tgen\t\tclause\ts\n",
    "skip": "words\tsource\ncirca\ts\nplus quam\ts\n",
}


@pytest.fixture
def toy(make_grammar: Callable[..., Grammar]) -> Grammar:
    """The grammar of the toy language."""
    return make_grammar(TREE, TABLES)


@pytest.fixture
def toy_with(make_grammar: Callable[..., Grammar]) -> Callable[..., Grammar]:
    """The toy grammar with some of its keys, or of its tables, replaced."""

    def build(tables: dict[str, str] | None = None, options: tuple[str, ...] = (), **keys: Any) -> Grammar:
        return make_grammar({**TREE, **keys}, {**TABLES, **(tables or {})}, options)

    return build
