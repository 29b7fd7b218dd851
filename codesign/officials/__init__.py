"""Officials: who answers for a municipality, how they are invited, and how they come in at the record door."""
