"""Tests of tellings."""
