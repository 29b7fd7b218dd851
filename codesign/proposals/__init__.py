"""Ideas: drafts, versions and differences, support, merges and search."""
