"""Reads files that people write (YAML or JSON) into a tree in which every value knows its line."""
