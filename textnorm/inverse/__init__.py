"""The way back: spoken words to the usual written form, from the rules and tables that say them."""
