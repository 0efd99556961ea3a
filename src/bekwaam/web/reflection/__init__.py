"""Screens of the reflection room: looking back alone or together, and moral deliberation."""
