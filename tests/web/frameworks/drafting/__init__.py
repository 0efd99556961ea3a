"""Tests of the screens for writing a framework of one's own."""
