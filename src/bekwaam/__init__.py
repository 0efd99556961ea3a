"""Bekwaam: competence standards, portfolios, independent judging and certificates anyone can check."""

__version__ = "0.1.0"
