"""Spelling variants grouped without supervision: phonetic keys, similarity, clustering."""
