"""The moderators' queue: held and reported words, decisions with reasons, and appeals."""
