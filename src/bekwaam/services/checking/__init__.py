"""Checking certificates for anybody: by number, by file, and with a bundle to do it without us."""
