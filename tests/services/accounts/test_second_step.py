"""Helping somebody back in."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner

from bekwaam.domain.events import Event
from bekwaam.services.audit import entries_about
from tests.cast import Cast


@pytest.mark.django_db
def test_the_extra_step_can_be_taken_away_and_that_is_recorded(cast: Cast) -> None:
    from bekwaam.cli.provider import operator

    Authenticator.objects.create(user=cast.guide, type=Authenticator.Type.TOTP, data={"secret": "x"})
    run = CliRunner().invoke(operator, ["remove-second-step", cast.guide.email.upper()])
    assert run.exit_code == 0, run.output
    assert not Authenticator.objects.filter(user=cast.guide).exists()
    assert entries_about(f"person:{cast.guide.ref}")[0].code == Event.SECOND_STEP_REMOVED
    assert "no extra step" in CliRunner().invoke(operator, ["remove-second-step", cast.guide.email]).output
    nobody = CliRunner().invoke(operator, ["remove-second-step", "wie@example.org"])
    assert nobody.exit_code == 1 and "Nobody logs in" in nobody.output
