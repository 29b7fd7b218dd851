"""Voting in one room: on paper that two people enter, or on a tablet that goes from hand to hand (R04)."""
