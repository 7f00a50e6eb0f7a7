"""Pages of an institution: its people, posts, plans and whether it is ready."""
