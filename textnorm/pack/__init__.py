"""Reading a pack: strict YAML and TSV in, typed and immutable data out."""
