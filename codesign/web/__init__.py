"""HTTP plumbing that knows no feature."""
