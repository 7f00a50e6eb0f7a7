"""The shell: each command is the twin of a page, calling the same verb."""
