"""The pages: read the form, call one verb, redirect or render."""
