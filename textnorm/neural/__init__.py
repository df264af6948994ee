"""Byte-level sequence-to-sequence models (ByT5) as a fallback for what rules cannot decide."""
