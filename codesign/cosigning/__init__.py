"""Organisations beside an advice: what they co-sign, and which task they offer to take over."""
