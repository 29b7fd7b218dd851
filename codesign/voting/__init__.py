"""Ballots: a secret vote, changeable until it closes, counted once, and checked by eye by everybody in the panel."""
