"""Picking evidence: what a sentence of "what we heard" or a recommendation rests on, chosen from all there is."""
