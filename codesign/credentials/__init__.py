"""Passwords, PINs, cards, codes of a phone, one-time tokens, and delays after wrong tries."""
