"""Interpreters of a pack's grammar tables: features, inflection, number words, templates, cues."""
