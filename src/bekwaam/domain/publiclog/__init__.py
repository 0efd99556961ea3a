"""The public log: what its leaves tell in words, and how a stranger keeps an eye on it."""
