"""Transliteration: words of one script in another, by correspondences of letters and a model of words."""
