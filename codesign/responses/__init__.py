"""The answer of the municipality: per recommendation a decision with reasons, and promises with a date."""
