"""The packs for languages in Arabic script, and letters to write texts with."""

from __future__ import annotations

import unicodedata

import textnorm
from textnorm.pack.load import load_pack

PACKS = ("und-Arab", "ar", "azb", "ckb", "fa", "glk", "hac", "kmr", "ks", "mzn", "sd", "ur")
MARKS = "".join(map(chr, (*range(0x064B, 0x0660), 0x0670)))
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\ufeff\u061c\u202a\u202e\u2066\u2069"
SIGNS = ' \n.,;:?!()«»"-\u0640\u060c\u061b\u061f\u06d4\u066a\u066b\u066c\u0654 09\u0665\u06f5aZ😀'
BLOCK = "".join(
    char for char in map(chr, (*range(0x0600, 0x0780), *range(0x08A0, 0x0900))) if unicodedata.name(char, "")
)
FORMS = "".join(map(chr, (0xFB56, 0xFB8E, 0xFBA6, 0xFBFC, 0xFDF2, 0xFDFA, 0xFE8D, 0xFEE1, 0xFEF5, 0xFEFB)))


def normalizers(name: str) -> list[textnorm.Normalizer]:
    """The pack as it comes, and with every other value of each of its options."""
    options = load_pack(name, tests=False).options
    chosen = [{}] + [
        {option.name: value}
        for option in options.values()
        for value in option.values
        if value != option.default
    ]
    return [textnorm.load(name, options=one) for one in chosen]


def alphabet(name: str) -> str:
    """The distinctive letters of a pack with what is often typed for them."""
    return "".join(load_pack(name, tests=False).protected) + "يىكڪهہھەةۀۂےٹڈڑںٔ"
