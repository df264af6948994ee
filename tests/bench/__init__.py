"""Speed of textnorm on generated Lithuanian text, beside its peers: `python -m tests.bench`."""
