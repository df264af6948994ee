"""The edit tagger: a linear model that decides for each letter of a word how it ought to be written."""
