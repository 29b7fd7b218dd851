"""Tests of reports and their files."""
