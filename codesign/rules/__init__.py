"""The house rules: who may do what, and when; standard library only."""
