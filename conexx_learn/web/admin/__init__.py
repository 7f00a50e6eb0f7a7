"""Pages of the coordination, over all institutions."""
