"""`textnorm` with a normalizer that does what its name says: for what no pack would do."""

import os
import sys
import time
import warnings

import textnorm
from textnorm.document import Document


class Fake:
    """What happens to text.

    identity: nothing changes; slow: 0.2 s for each call; dying: "die" kills; broken: fails; warning: warns;
    lacking: a package is missing.
    """

    def __init__(self, name: str, **options: object) -> None:
        self.name = name

    def __call__(self, text: str) -> str:
        """The text, sooner or later."""
        if self.name == "slow":
            time.sleep(0.2)
        if self.name == "dying" and "die" in text:
            os._exit(9)
        if self.name == "broken":
            raise ZeroDivisionError("an\nodd text")
        if self.name == "warning":
            warnings.warn("model x: it\nfailed", stacklevel=1)
        if self.name == "lacking":
            raise ModuleNotFoundError("No module named 'jiwer'", name="jiwer")
        return text if self.name == "identity" else text.replace("5", "五")

    def explain(self, text: str) -> Document:
        """Nothing to explain."""
        return Document(text, self(text), ())


if __name__ == "__main__":
    textnorm.load = Fake  # type: ignore[assignment]
    from textnorm.cli.main import run

    sys.exit(run())
