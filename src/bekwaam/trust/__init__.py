"""What makes it checkable: canonical JSON, hash chain, commitments. Knows no Django."""
