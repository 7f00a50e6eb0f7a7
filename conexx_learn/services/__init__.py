"""The verbs: they take a session and never commit."""
