"""Screens of the growth room: self-assessment, and growth over time."""
