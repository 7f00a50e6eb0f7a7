"""JavaScript libraries verify what the product serves, as a stranger would."""
