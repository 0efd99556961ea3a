"""What somebody has to do by when, and their appointments."""
