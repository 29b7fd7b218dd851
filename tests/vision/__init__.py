"""Tests of the vision of a place."""
