"""Calibration: practice dossiers, and how far assessors agree there and in real procedures."""
