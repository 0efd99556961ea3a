"""Brings Django up for the commands that need the database."""

from __future__ import annotations

import os
from typing import Final

import django

SETTINGS: Final = "bekwaam.config.settings"


def prepare() -> None:
    """Point Django at our settings and load the tables. Safe to call twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
