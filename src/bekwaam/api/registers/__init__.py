"""For registers and employers: how certificates stand, and what a file is worth, as JSON."""
