"""Says which language a line is in, and in whose letters, by statistics that packs hold.

The engine knows no language. A pack that can be told has a table `profile.tsv` in its data folder, and
`profile-TAG.tsv` for text that is typed in the letters of the language TAG.
"""

from __future__ import annotations

from textnorm.detect.detector import Detection, Detector, detector

__all__ = ["Detection", "Detector", "detector"]
