"""The pages where anybody checks a certificate, without an account."""
