"""Advice: composing it from the round, the panel's adoption of it, sending it, and what came of it."""
