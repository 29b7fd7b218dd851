"""codesign: a newcomer panel goes from first word to formal advice, and gets an answer."""

__version__ = "0.1.0"
