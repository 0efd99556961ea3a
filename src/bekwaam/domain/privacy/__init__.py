"""Personal data of others in what people write: what it looks like, and what can stand in its place."""
