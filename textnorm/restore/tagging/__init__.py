"""Restoration by a tagger: what each letter as typed stands for, judged by its word and its neighbours."""
