"""Replies under an idea, and the page of an idea with its replies."""
