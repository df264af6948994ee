"""The `fallback` stage: a model is asked about what the rules leave, behind a gate that can only say no."""
