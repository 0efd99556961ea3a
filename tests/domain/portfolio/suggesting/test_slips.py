"""A slip of the pen in a long word is seen; a word of its own is left alone."""

from __future__ import annotations

import pytest

from bekwaam.domain.portfolio.suggesting.slips import Slips

SLIPS = Slips({"huisbezoek", "vergader", "mantelzorg", "kort", "aandachtig", "aandachtag"})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("huisbezok", "huisbezoek"),  # one letter too few
        ("huisbezoeek", "huisbezoek"),  # one too many
        ("huisbezeok", "huisbezoek"),  # two changed places
        ("vergadr", "vergader"),
        ("huisbezaek", None),  # another letter is another word
        ("huibezaek", None),  # two slips
        ("huisbeoekz", None),
        ("uhisbezoek", None),  # nobody gets the beginning wrong
        ("kor", None),  # short words are too much alike
        ("aandachtg", None),  # either of two
        ("", None),
    ],
)
def test_only_one_slip_in_a_long_word_is_seen(written: str, meant: str | None) -> None:
    assert SLIPS.meant(written) == meant
