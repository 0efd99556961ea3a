"""Objecting to an outcome: when it can be done, and what comes of it."""
