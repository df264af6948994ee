"""Regular expressions as data: parsed, questioned, relaxed for RE2, and searched for in sets."""
