"""Text of a language typed in a neighbour's script: how it gets typed, and what was meant.

A *script map* says how each letter is typed, a *channel* how often, a *model* of characters, words
and pairs of words what is likely to be written; the decoder looks for what explains the typed text
best (a noisy channel; cf. arXiv 2305.16407, whose task this is).
"""
