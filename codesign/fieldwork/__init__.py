"""Reports of other methods of a panel: workshops, interviews, surveys, visits; with a file, as evidence (R41)."""
