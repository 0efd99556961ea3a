"""Services of the assessment room."""
