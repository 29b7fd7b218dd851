"""The benchmark: ours against a bare app."""
