"""Organisations beside an advice."""
