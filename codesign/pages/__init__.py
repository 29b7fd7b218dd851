"""Pages that show more than one noun at once: one module for each door."""
