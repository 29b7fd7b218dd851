"""Who did what, and when: ids only, append-only."""
