"""The language in which commands answer."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from bekwaam.wording import LANGUAGES

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def default_language() -> str:
    """Return the language of the surroundings (LC_ALL, then LANG) where we speak it, else Dutch."""
    for name in ("LC_ALL", "LANG"):
        spoken = os.environ.get(name, "")[:2].lower()
        if spoken in LANGUAGES:
            return spoken
    return "nl"


def language_option(command: Decorated) -> Decorated:
    """Give a command the option --lang (or --language); its value arrives as ``language``."""
    option = click.option(
        "--lang",
        "--language",
        "language",
        type=click.Choice(LANGUAGES),
        default=default_language,
        help="Language of the answer (default: that of LC_ALL or LANG, else nl).",
    )
    return option(command)


def format_option(command: Decorated) -> Decorated:
    """Give a command the option --format; its value arrives as ``form``."""
    option = click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="Form of the answer.",
    )
    return option(command)
