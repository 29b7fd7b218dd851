"""Work outside the request: one outbox, one schedule."""
