"""Mail that waits to be sent, and its sending."""
