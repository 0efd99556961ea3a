"""Services of the portfolio room."""
