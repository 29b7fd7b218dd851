"""Methods of counting votes: pure functions on plain values, each with its source, result and explaining steps."""
