"""What makes it checkable: hashes, keys, proofs, status lists, the log, the verdict. Knows no Django."""
