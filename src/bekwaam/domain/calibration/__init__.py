"""Calibration: do assessors use the same yardstick? Figures about judging, never about a candidate."""
