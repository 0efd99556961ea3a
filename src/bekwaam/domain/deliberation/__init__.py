"""Moral deliberation: its steps, what each asks, and who reads what when. Pure."""
