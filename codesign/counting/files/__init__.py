"""Files of the field: PrefLib, Pabulib and our own closed ballots, read, written and counted."""
