"""Tests of the files of the field."""
