"""What other systems ask for to check a certificate by themselves."""
