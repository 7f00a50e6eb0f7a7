"""The tables: keys, checks and names, and no rule."""
