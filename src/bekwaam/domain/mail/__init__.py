"""Mail that goes out: what kinds there are, what became of it, and what is written on it."""
