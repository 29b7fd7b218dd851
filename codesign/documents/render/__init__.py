"""The PDF of an advice: one typst template, its letters, and the words of people as data."""
