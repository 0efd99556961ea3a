"""Reads spreadsheets that people send, XLSX and CSV, without trusting them."""
