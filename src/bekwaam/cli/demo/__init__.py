"""The demo: a fictional provider with dossiers in every state, and the command that serves it."""

from bekwaam.cli.demo.command import demo

__all__ = ["demo"]
