"""textnorm: text normalization with rules as data.

>>> import textnorm
>>> tn = textnorm.load("lt")
>>> tn("Nubėgo 5 km.")
'Nubėgo penkis kilometrus.'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textnorm.document import Document, Edit, Loser
    from textnorm.errors import InputError, PackError, TextnormError
    from textnorm.link.concept import Candidate
    from textnorm.link.linker import Linker, load_linker
    from textnorm.normalizer import Normalizer, load
    from textnorm.pack.load import pack_names as languages

__version__ = "0.1.0"

__all__ = [
    "Candidate",
    "Document",
    "Edit",
    "InputError",
    "Linker",
    "Loser",
    "Normalizer",
    "PackError",
    "TextnormError",
    "__version__",
    "languages",
    "load",
    "load_linker",
]

# Where each name lives. They are fetched when first used, so that `import textnorm` costs nothing
# and a command starts with no more than it needs.
_HOMES = {
    "Candidate": ("textnorm.link.concept", "Candidate"),
    "Document": ("textnorm.document", "Document"),
    "Edit": ("textnorm.document", "Edit"),
    "InputError": ("textnorm.errors", "InputError"),
    "Linker": ("textnorm.link.linker", "Linker"),
    "Loser": ("textnorm.document", "Loser"),
    "Normalizer": ("textnorm.normalizer", "Normalizer"),
    "PackError": ("textnorm.errors", "PackError"),
    "TextnormError": ("textnorm.errors", "TextnormError"),
    "languages": ("textnorm.pack.load", "pack_names"),
    "load": ("textnorm.normalizer", "load"),
    "load_linker": ("textnorm.link.linker", "load_linker"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'textnorm' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = globals()[name] = getattr(import_module(module), attribute)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
