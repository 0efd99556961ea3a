"""What mail was sent: of a procedure, of a provider, and of the whole installation."""
