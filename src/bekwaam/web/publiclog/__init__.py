"""The public log as a page: what it is, how it stands, and how to keep an eye on it."""
