"""Asking a writer to look, before a text is kept, at what in it looks like personal data of somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.privacy.patterns import find_by_form
from bekwaam.services.errors import Invalid
from bekwaam.wording import N_

LOOKED: Final = "looked"
_MOST: Final = 5
_FOUND: Final = N_(
    "This looks like something by which a person is known: {found}. Write a role instead, such as “a "
    "resident”. Is it nothing of the kind? Then tick the box below."
)


def insist_looked(texts: Iterable[str], *, looked: bool) -> None:
    """Raise Invalid on the field ``looked`` where something was found that the writer has not looked at.

    Only what can be told by its form is found here, for that is quick; the writer decides.
    """
    if looked:
        return
    found = dict.fromkeys(mark.text for text in texts for mark in find_by_form(text))
    if found:
        values = {"found": " · ".join(list(found)[:_MOST])}
        raise Invalid((Fault(LOOKED, "names", _FOUND, values),))


def strings_in(value: Any) -> list[str]:
    """Return every text in plain data, in its order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for one in value for text in strings_in(one)]
    return []
