"""Every worked number of readiness, and what must always hold."""
