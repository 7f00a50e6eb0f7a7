"""Pages for the trainer."""
