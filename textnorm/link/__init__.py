"""Canonicalization: strings and mentions linked to the concepts of a taxonomy or an ontology."""
