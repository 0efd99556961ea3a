"""Who issues: their keys from the first to the last, and what the world is told of them."""
