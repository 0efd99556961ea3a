"""Mail: the one way out of the house, and the log of what went out."""
