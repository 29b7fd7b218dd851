"""Counting compared with libraries that others wrote: the elections, their results, and the comparison."""
