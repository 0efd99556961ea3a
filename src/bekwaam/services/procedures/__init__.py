"""Services of the procedures room."""
