"""Learning between places: what was advised, answered and learned here and elsewhere, and the file it travels in."""
