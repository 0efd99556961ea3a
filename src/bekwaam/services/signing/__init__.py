"""Keys that sign, and under which names the world knows who signs."""
