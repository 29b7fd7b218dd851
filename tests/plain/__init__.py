"""Tests of the check of plain words."""
