"""Evidence: what an advice rests on, and what stands behind each sentence of "what we heard"."""
