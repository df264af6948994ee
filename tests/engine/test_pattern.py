"""Regular expressions as trees, and what the gate's relaxed patterns owe to the real ones."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

import textnorm
from textnorm.engine.compiled import LEFT_WINDOW, WINDOW
from textnorm.engine.gate import LIMIT_OF_TESTS_PLACEHOLDER  # noqa
