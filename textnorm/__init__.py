"""textnorm: text normalization with rules as data.

>>> import textnorm
>>> tn = textnorm.load("lt")
>>> tn("Nubėgo 5 km.")
'Nubėgo penkis kilometrus.'
"""

from textnorm.document import Document, Edit, Loser
from textnorm.errors import InputError, PackError, TextnormError
from textnorm.normalizer import Normalizer, load
from textnorm.pack.load import pack_names as languages

__version__ = "0.1.0"

__all__ = [
    "Document",
    "Edit",
    "InputError",
    "Loser",
    "Normalizer",
    "PackError",
    "TextnormError",
    "__version__",
    "languages",
    "load",
]
