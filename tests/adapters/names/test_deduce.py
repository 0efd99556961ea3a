"""Names found by the library deduce, where it is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bekwaam.adapters.names.deduce import DeduceFinder
from bekwaam.domain.privacy.names import marks_of


def test_asking_whether_it_is_there_loads_nothing() -> None:
    DeduceFinder.installed()
    assert "deduce" not in sys.modules


def test_names_without_a_form_of_address_are_found() -> None:
    if not DeduceFinder.installed():
        pytest.skip("deduce is not installed; pip install 'bekwaam[names]' and this runs")
    # In a place that stays, for the lists are made once and that takes minutes.
    finder = DeduceFinder(Path.home() / ".cache" / "bekwaam-names")
    text = "Samen met Fatima el Amrani ging ik langs bij Kees. Fatima lachte."
    marks = marks_of(text, finder.find(text))
    assert [mark.text for mark in marks] == ["Fatima el Amrani", "Kees", "Fatima"]
