"""Services of the objections room."""
