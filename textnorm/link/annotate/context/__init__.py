"""Whether what a text mentions is denied, doubted, past, merely possible, or somebody else's.

The rules are data of a pack: triggers with a direction and a scope, what ends a scope, and phrases that only
look like triggers, after NegEx (Chapman et al., J Biomed Inform 2001) and ConText (Harkema et al., 2009).
"""
