"""A portfolio as one takes it along and brings it in: the package, and what makes one sound."""
