"""Answers to the open question of a round."""
