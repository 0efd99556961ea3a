"""The coordinator's screens: overview, procedure, people."""
