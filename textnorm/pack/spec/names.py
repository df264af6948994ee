"""What ids look like."""

from __future__ import annotations

import re

NAMESPACE = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")

RULE_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
