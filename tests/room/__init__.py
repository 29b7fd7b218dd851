"""Tests of voting in the room."""
