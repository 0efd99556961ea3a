"""Services of the auditing room."""
