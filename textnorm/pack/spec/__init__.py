"""Every key of every pack file: what it holds, whether it must be there, and why.

The loader checks files against these tables, `textnorm rules schema` turns them into a JSON Schema
and into the reference manual. A new key is a line here and its meaning in the engine or the
grammar; nothing else lists keys. `files` has the kinds of files, the other modules what is in them.
"""
