"""One atomic, audited function for every write; typed reads with a fixed number of queries."""
