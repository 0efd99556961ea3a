"""The public log: what was done with certificates and keys, for everybody to see. See ``docs/trust.md``."""
