"""Tests of choosing evidence."""
