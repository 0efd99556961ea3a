"""Services of the feedback room."""
