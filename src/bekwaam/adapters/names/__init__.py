"""Finding names in text: implementations of the port for it."""
