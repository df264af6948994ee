"""`python -m textnorm` is the `textnorm` program."""

import sys

if __name__ == "__main__":
    from textnorm.cli.main import run

    sys.exit(run())
