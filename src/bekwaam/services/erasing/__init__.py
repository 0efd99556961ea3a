"""Services of the erasing room: what goes when somebody leaves, and what goes later."""
