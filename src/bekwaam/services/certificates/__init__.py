"""Services of the certificates room."""
