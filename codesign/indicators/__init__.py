"""The framework: 14 domains of life in a place, and the questions under each, as versioned data."""
