"""Screens on which people choose, compare and combine interventions, and an organisation keeps its list."""
