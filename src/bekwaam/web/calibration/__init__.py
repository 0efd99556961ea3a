"""Screens of calibration."""
