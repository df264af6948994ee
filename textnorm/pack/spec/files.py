"""The kinds of pack files, by the name that their `kind:` has."""

from __future__ import annotations

from textnorm.pack.keys import Kind
from textnorm.pack.spec.characters import CHARMAP_FILE, SPACES_FILE, UNICODE_FILE
from textnorm.pack.spec.context import CONTEXT_FILE
from textnorm.pack.spec.grammar import GRAMMAR_FILE
from textnorm.pack.spec.linking import LINKING_FILE
from textnorm.pack.spec.manifest import PACK_FILE
from textnorm.pack.spec.models import FALLBACK_FILE, READINGS_FILE, RESTORE_FILE, TRANSLITERATE_FILE
from textnorm.pack.spec.rules import RULES_FILE
from textnorm.pack.spec.words import CASE_FILE, LEXICON_FILE, SPELLING_FILE, WORDS_FILE

FILES: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        PACK_FILE,
        RULES_FILE,
        CHARMAP_FILE,
        CASE_FILE,
        LEXICON_FILE,
        WORDS_FILE,
        SPELLING_FILE,
        SPACES_FILE,
        UNICODE_FILE,
        RESTORE_FILE,
        TRANSLITERATE_FILE,
        FALLBACK_FILE,
        READINGS_FILE,
        LINKING_FILE,
        CONTEXT_FILE,
        GRAMMAR_FILE,
    )
}
