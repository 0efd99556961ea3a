"""The screens of calibration, from making a practice dossier to seeing where one differs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from bekwaam.services import clock
from bekwaam.services.drafts import save_draft
from bekwaam.store.models import Person, PracticeDone, PracticeDossier
from tests.cast import Cast, Point
from tests.services.calibration.practice import UNITS, drafted, judged, released

LogIn = Callable[[Person], Client]
MOST_QUERIES = 12


def filled(dossier: PracticeDossier, **changed: Any) -> dict[str, Any]:
    piece = dossier.pieces.get().ref
    data: dict[str, Any] = {}
    for unit in UNITS:
        data |= {f"stage-{unit}": "vakbekwaam", f"evidence-{unit}": [piece], f"why-{unit}": f"Reden {unit}"}
    return {**data, **changed}


def test_from_a_made_up_text_to_a_judgement_beside_the_others(cast: Cast, log_in: LogIn) -> None:
    client, ref = log_in(cast.coordinator), cast.provider.ref
    closes = (clock.today() + timedelta(days=9)).isoformat()
    head = {"title": "Aan de keukentafel", "standard": cast.standard.pk, "closes_on": closes}
    prepare = client.post(reverse("calibration:new", args=[ref]), head)["Location"]
    dossier = PracticeDossier.objects.get()
    client.post(
        reverse("calibration:piece", args=[ref, dossier.ref]), {"title": "Verslag", "text": "<b>Mila</b>"}
    )
    page = client.get(prepare).content.decode()
    assert "&lt;b&gt;Mila&lt;/b&gt;" in page
    answer = client.post(prepare, {"units": UNITS, "read": "on"})
    assert answer["Location"] == reverse("calibration:practice", args=[ref, dossier.ref])
    for assessor in cast.assessors:
        judging = log_in(assessor)
        page = judging.get(answer["Location"]).content.decode()
        assert "Reden 1.1" not in page
        url = reverse("calibration:judge", args=[ref, dossier.ref])
        assert judging.post(url, filled(dossier)).status_code == 302
    page = judging.get(answer["Location"]).content.decode()
    assert "Reden 1.1" in page and cast.assessors[0].name not in page
    page = client.get(answer["Location"]).content.decode()
    assert all(assessor.name in page for assessor in cast.assessors)


def test_what_is_missing_is_said_and_what_was_typed_stays(cast: Cast, log_in: LogIn) -> None:
    dossier, client = released(cast), log_in(cast.assessors[0])
    url = reverse("calibration:judge", args=[cast.provider.ref, dossier.ref])
    answer = client.post(url, filled(dossier, **{"evidence-1.2": [], "why-1.3": "Omdat dit zo is"}))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Kies de stukken waar dit op rust." in page
    assert "Omdat dit zo is" in page and not PracticeDone.objects.exists()
    page = client.post(url, {}).content.decode()
    for sentence in ("Kies een stadium,", "Kies de stukken waar dit op rust.", "Schrijf op waarom"):
        assert page.count(sentence) == 2 * len(UNITS), sentence  # in the summary and at the field
    save_draft(cast.assessors[0], f"practice:{dossier.ref}", {"why-1.1": ["Half getypt"]})
    assert "Half getypt" in client.get(url).content.decode()
    client.post(url, filled(dossier))
    assert client.get(url).status_code == 403


def test_two_finished_is_too_few_to_show_the_others(cast: Cast, log_in: LogIn) -> None:
    dossier = released(cast)
    judged(cast, dossier, "222", "111")
    url = reverse("calibration:practice", args=[cast.provider.ref, dossier.ref])
    page = log_in(cast.assessors[0]).get(url).content.decode()
    assert page.count("Reden bij 1.1") == 1


def test_a_release_without_having_read_it_is_refused(cast: Cast, log_in: LogIn) -> None:
    dossier = drafted(cast)
    url = reverse("calibration:prepare", args=[cast.provider.ref, dossier.ref])
    answer = log_in(cast.coordinator).post(url, {"units": ["1.1"]})
    assert answer.status_code == 422 and "niemand" in answer.content.decode()
    dossier.refresh_from_db()
    assert dossier.released_at is None


def test_pages_take_few_queries_however_much_there_is(
    cast: Cast, log_in: LogIn, django_assert_max_num_queries: Any
) -> None:
    cast.bring_to(Point.ISSUED)
    dossiers = [released(cast, f"Ronde {n}", 5 + n) for n in range(3)]
    for dossier in dossiers[:2]:
        judged(cast, dossier, "321", "210", "210")
    judged(cast, dossiers[2], "222", "111")
    draft, ref = drafted(cast), cast.provider.ref
    pages = [
        (cast.coordinator, reverse("calibration:index", args=[ref])),
        (cast.assessors[2], reverse("calibration:index", args=[ref])),
        (cast.coordinator, reverse("calibration:real", args=[ref])),
        (cast.coordinator, reverse("calibration:practice", args=[ref, dossiers[0].ref])),
        (cast.assessors[2], reverse("calibration:judge", args=[ref, dossiers[2].ref])),
        (cast.coordinator, reverse("calibration:prepare", args=[ref, draft.ref])),
        (cast.coordinator, reverse("calibration:new", args=[ref])),
    ]
    for person, url in pages:
        client = log_in(person)
        client.get(url)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(url).status_code == 200, url
    page = log_in(cast.assessors[0]).get(pages[0][1]).content.decode()
    assert "Jij naast de anderen" in page and "<polyline" not in page
    assert cast.assessors[1].name not in page


def test_practice_dossiers_come_a_page_at_a_time(cast: Cast, log_in: LogIn) -> None:
    for number in range(13):
        drafted(cast, f"Oefening {number:02}")
    client, url = log_in(cast.coordinator), reverse("calibration:index", args=[cast.provider.ref])
    first, second = (client.get(url, {"page": page}).content.decode() for page in (1, 2))
    assert first.count("Oefening ") == 12 and "Pagina 1 van 2" in first
    titles = set(re.findall(r"Oefening \d\d", first + second))
    assert second.count("Oefening ") == 1 and len(titles) == 13
