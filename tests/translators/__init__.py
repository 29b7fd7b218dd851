"""Tests of the host's translators."""
