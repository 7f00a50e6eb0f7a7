"""Other code than that which signed says whether a certificate counts."""
