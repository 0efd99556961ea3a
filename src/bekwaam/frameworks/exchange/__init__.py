"""Frameworks to and from the formats of others. Pure: bytes in, bytes out."""
