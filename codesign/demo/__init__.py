"""The demonstration place: its words as data, and how it is put in through the same actions the pages use."""
