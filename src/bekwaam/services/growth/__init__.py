"""Services of the growth room."""
