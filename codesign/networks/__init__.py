"""The networks of a place, and the moments at which its municipality decides."""
