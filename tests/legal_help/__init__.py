"""Tests of the page on sanctions and free help."""
