"""Rules learned from pairs of what was typed and what was meant."""
