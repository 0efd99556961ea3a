import pytest

from tests.cast import make_cast
from tests.screens import Screens
from tests.web.teams.test_team_screens import addresses, rich

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_look(context, page, live_server):
    cast = make_cast()
    s = Screens(context, page, live_server.url)
    for who, row, address in addresses(cast, rich(cast)):
        if "knowledge" in row or row in ("teams:share", "teams:team"):
            s.log_in(who)
            s.look_at([(row, address)])
    assert not s.faults, "\n".join(s.faults)
