"""Whether a text is in plain words: long sentences, rare words, passive and office language, in Dutch and English."""
