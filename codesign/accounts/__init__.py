"""People behind the panel door: cards, sign-in, consent, and what is kept about whom."""
