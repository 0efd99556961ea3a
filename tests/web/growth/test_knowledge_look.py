import pytest

from tests.cast import make_cast
from tests.rich import addresses, make_rich
from tests.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_look(context, page, live_server):
    cast = make_cast()
    rich = make_rich(cast)
    s = Screens(context, page, live_server.url)
    s.log_in(cast.candidate)
    s.look_at(
        [
            one
            for one in addresses(rich)
            if "knowledge" in one[0] or one[0] == "growth:where" or "take_along" in one[0]
        ]
    )
    assert not s.faults, "\n".join(s.faults)
