"""Queries, verbs, commands, adapters and migrations, on a database."""
