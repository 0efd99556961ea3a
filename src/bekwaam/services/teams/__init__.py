"""Services of the teams room."""
