"""Loads packs: folders of YAML that hold a framework, with every fault found in one go."""
