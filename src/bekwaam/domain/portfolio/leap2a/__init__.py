"""Portfolios of other systems in Leap2A: read, and given a place among our kinds of evidence."""
