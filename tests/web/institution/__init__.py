"""The pages of an institution."""
