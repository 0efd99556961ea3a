"""Implementations of the ports: files, paper."""
