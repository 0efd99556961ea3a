"""The outcome and the certificate."""
