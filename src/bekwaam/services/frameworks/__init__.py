"""Services of the frameworks room."""
