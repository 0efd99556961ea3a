"""Objecting to an outcome, and handling an objection."""
