"""Plain reflection: its kinds, what each asks, and the story that can come of it. Pure."""
