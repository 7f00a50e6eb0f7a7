"""Pages of one's own account, and the ways into it. They know no other audience."""
