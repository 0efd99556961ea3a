"""The explorer of frameworks."""
