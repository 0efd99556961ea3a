"""What stands on a certificate of experience."""
