"""The house keeps its own rules: each test reads the source and says what to do."""
