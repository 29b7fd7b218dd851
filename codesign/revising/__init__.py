"""When something in a sent advice is wrong: the panel takes it back, or sends a corrected version."""
