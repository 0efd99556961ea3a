"""Fetching what others publish, from public addresses only and never more than a certificate needs."""
