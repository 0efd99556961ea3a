"""Reads a dossier from a file that a person wrote, with every fault in it named in one go."""
