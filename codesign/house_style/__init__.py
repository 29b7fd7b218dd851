"""The house style of a place at the panel door: the host's page, and what crosses to the record."""
