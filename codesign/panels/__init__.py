"""Panels, who belongs to them, rounds, and the sessions inside a round."""
