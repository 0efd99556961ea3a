"""Whether the credential may show the candidate's name: their choice, until it is issued."""

from __future__ import annotations

import json

import pytest

from bekwaam.domain.certificates.forms import Form
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.certificates.naming import choose_name, name_shown
from bekwaam.services.errors import Refused
from bekwaam.store.models import CertificateForm, NameChoice
from tests.cast import Cast, Point


def test_nothing_is_shown_until_the_candidate_says_so_and_the_last_word_counts(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    assert not name_shown(procedure)
    for shows in (True, False, True):
        choose_name(cast.candidate, procedure, shows=shows)
        assert name_shown(procedure) is shows
    assert choose_name(cast.candidate, procedure, shows=True) is None
    assert NameChoice.objects.count() == 3
    assert walk_chain().whole and not list(broken_contents())


@pytest.mark.parametrize(("shows", "readable"), [(None, False), (False, False), (True, True)])
def test_the_credential_shows_the_name_as_it_was_chosen(
    cast: Cast, shows: bool | None, readable: bool
) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    if shows is not None:
        choose_name(cast.candidate, procedure, shows=shows)
    cast.bring_on(procedure, Point.ISSUED, since=Point.DECIDED)
    kept = CertificateForm.objects.get(form=Form.EXPERIENCE).content
    assert (json.dumps(cast.candidate.name) in kept) is readable


@pytest.mark.parametrize(
    ("point", "who", "reason"),
    [
        (Point.READY, "candidate", "needs_outcome_decided"),
        (Point.DECIDED, "coordinator", "no_role"),
        (Point.DECIDED, "guide", "no_role"),
        (Point.ISSUED, "candidate", "wrong_state"),
    ],
)
def test_only_the_candidate_chooses_between_the_decision_and_the_certificate(
    cast: Cast, point: Point, who: str, reason: str
) -> None:
    procedure = cast.bring_to(point)
    with pytest.raises(Refused) as caught:
        choose_name(getattr(cast, who), procedure, shows=True)
    assert caught.value.verdict.reason == reason
    assert not NameChoice.objects.exists()
