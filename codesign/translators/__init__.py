"""The host's translators, as the record knows them: whom an official can ask for the plain words in a language."""
