"""The reads: one statement each, plain values out. No page and no table escapes."""
