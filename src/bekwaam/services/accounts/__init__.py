"""Services of the accounts room."""
