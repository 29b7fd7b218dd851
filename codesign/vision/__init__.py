"""The vision of a place, made with its panel: points in one sentence each, that advice refers to (R38)."""
