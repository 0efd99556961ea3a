"""Tests of changing a framework that is being written."""
