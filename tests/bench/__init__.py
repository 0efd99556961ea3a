"""Benchmarks: they print figures and never fail on time. Run them with ``make bench``."""
