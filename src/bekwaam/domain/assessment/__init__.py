"""Judging: the three legs, the rule, and the outcome that explains itself."""
