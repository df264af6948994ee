"""The command line: one file per command, thin edges over the library."""
