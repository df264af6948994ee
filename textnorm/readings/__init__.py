"""Uncertain readings of rules: a model chooses among them, and can bring in no other."""
