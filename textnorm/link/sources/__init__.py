"""Readers of terminologies: each takes files as they are distributed and gives concepts."""

from __future__ import annotations

from textnorm.link.sources.read import format_names, formats, read
from textnorm.link.sources.reading import File, Reading, Readings

__all__ = ["File", "Reading", "Readings", "format_names", "formats", "read"]
