"""The auditor's screens, from announcing a sample to a finding that the coordinator reads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from bekwaam.domain.auditing.redraw import redraw
from bekwaam.services import clock
from bekwaam.services.auditing.notes import write_note
from bekwaam.services.drafts import save_draft
from bekwaam.store.models import AuditEntry, AuditNote, Person, Sample
from tests.cast import Cast, Point
from tests.services.auditing.samples import drawn

LogIn = Callable[[Person], Client]
MOST_QUERIES = 12


def form(**changed: object) -> dict[str, object]:
    today = clock.today().isoformat()
    usual = {"dated": "started", "start": today, "end": today, "standard": "", "states": ["issued", "intake"]}
    return {**usual, "size": "2", "unit": "dossiers", **changed}


def test_from_announcing_to_a_finding_that_the_coordinator_reads(cast: Cast, log_in: LogIn) -> None:
    issued = cast.bring_to(Point.ISSUED)
    client, ref = log_in(cast.auditor), cast.provider.ref
    answer = client.post(reverse("auditing:announce", args=[ref]), form())
    sample = Sample.objects.get()
    page = client.get(answer["Location"]).content.decode()
    assert sample.program_half not in page and "Samira" not in page
    client.post(reverse("auditing:draw", args=[ref, sample.ref]), {"own_half": "3 5 1 6"})
    page = client.get(answer["Location"]).content.decode()
    dossier = reverse("auditing:dossier", args=[issued.ref, sample.ref])
    assert dossier in page and "Samira Kandidaat" in page
    page = client.get(dossier).content.decode()
    for name in ("assessment:judging", "assessment:finals", "certificates:outcome", "auditing:note"):
        assert reverse(name, args=[issued.ref] + ([sample.ref] if "note" in name else [])) in page
    client.post(reverse("auditing:note", args=[issued.ref, sample.ref]), {"text": "De reden <b>bij 1.2</b>."})
    read = log_in(cast.coordinator).get(dossier).content.decode()
    assert "De reden &lt;b&gt;bij 1.2&lt;/b&gt;." in read and "Aad Auditor" in read
    assert reverse("auditing:note", args=[issued.ref, sample.ref]) not in read
    exported = client.get(reverse("auditing:export", args=[ref, sample.ref]))
    assert redraw(json.loads(exported.content)).good
    assert "Samira" not in exported.content.decode()


def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(cast: Cast, log_in: LogIn) -> None:
    client, url = log_in(cast.auditor), reverse("auditing:announce", args=[cast.provider.ref])
    for changed, sentence in (
        ({"size": "0"}, "Vul een getal in van 1 tot en met 500."),
        ({"size": "101", "unit": "percent"}, "van 1 tot en met 100 procent"),
        ({"size": "veel"}, "Vul een heel getal in"),
        ({"start": "gisteren"}, "Vul een datum in"),
        ({"end": "2020-01-01"}, "De periode eindigt voordat ze begint."),
        ({"states": []}, "Kies minstens één fase."),
    ):
        answer = client.post(url, form(**changed))
        page = answer.content.decode()
        assert answer.status_code == 422 and sentence in page, changed
        assert f'value="{clock.today().isoformat()}"' in page
    assert not Sample.objects.exists() and not AuditEntry.objects.filter(code="sample.announced").exists()


def test_without_a_half_of_ones_own_the_form_comes_back(cast: Cast, log_in: LogIn) -> None:
    client, ref = log_in(cast.auditor), cast.provider.ref
    client.post(reverse("auditing:announce", args=[ref]), form())
    sample = Sample.objects.get()
    answer = client.post(reverse("auditing:draw", args=[ref, sample.ref]), {"own_half": " "})
    assert answer.status_code == 422
    assert "Typ iets dat niemand vooraf kon weten." in answer.content.decode()
    read = log_in(cast.coordinator).get(reverse("auditing:sample", args=[ref, sample.ref])).content.decode()
    assert "heeft nog niet getrokken" in read


def test_what_was_typed_of_a_finding_is_kept_and_a_faulty_one_is_not_lost(cast: Cast, log_in: LogIn) -> None:
    procedure, client = cast.start(), log_in(cast.auditor)
    sample = drawn(cast)
    url = reverse("auditing:note", args=[procedure.ref, sample.ref])
    save_draft(cast.auditor, f"finding:{procedure.ref}:{sample.ref}:", {"text": ["Half af"]})
    assert "Half af" in client.get(url).content.decode()
    long = client.post(url, {"text": "y" * 10_001})
    assert long.status_code == 422 and "y" * 10_001 in long.content.decode()
    first = write_note(cast.auditor, sample.ref, procedure, "Eerste tekst.")
    assert "Eerste tekst." in client.get(f"{url}?vervangt={first.ref}").content.decode()
    client.post(f"{url}?vervangt={first.ref}", {"text": "Tweede tekst."})
    assert AuditNote.objects.get(text="Tweede tekst.").replaces_id == first.pk
    assert client.get(f"{url}?vervangt={first.ref}").status_code == 404


def test_going_through_everything_says_what_differs(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    sample = drawn(cast)
    url = reverse("auditing:look_through", args=[procedure.ref, sample.ref])
    client = log_in(cast.auditor)
    assert "Alles is wat de keten zegt dat het was." in client.post(url).content.decode()
    entry = AuditEntry.objects.filter(subject=f"procedure:{procedure.ref}")[1]
    AuditEntry.objects.filter(pk=entry.pk).update(code="tip.given")
    page = client.post(url).content.decode()
    assert "Niet alles is wat de keten zegt dat het was." in page
    assert f"De keten is gebroken bij regel {entry.sequence}." in page
    assert "past niet in de keten" in client.get(url.removesuffix("nalopen/")).content.decode()


def test_a_dossier_that_was_not_drawn_is_not_there(cast: Cast, log_in: LogIn) -> None:
    cast.start()
    sample = drawn(cast)
    later = cast.start(candidate=cast.person("l@example.org", "Later"))
    for name in ("auditing:dossier", "auditing:note"):
        assert log_in(cast.auditor).get(reverse(name, args=[later.ref, sample.ref])).status_code == 404
    for name in ("auditing:sample", "auditing:check", "auditing:export"):
        url = reverse(name, args=[cast.other_provider.ref, sample.ref])
        assert log_in(cast.outsider).get(url).status_code == 404


def test_the_notice_is_shown_and_taken_along(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED, candidate=cast.person("f@example.org", "=Formule"))
    cast.interview(procedure)
    client, ref = log_in(cast.coordinator), cast.provider.ref
    query = "?start=2025-06-01&end=2025-06-30"
    page = client.get(reverse("auditing:notice", args=[ref]) + query).content.decode()
    assert "=Formule" in page and "2 juni 2025" in page
    link = re.search(r'href="([^"]*aanmelding\.csv[^"]*)"', page)
    assert link is not None
    answer = client.get(link[1].replace("&amp;", "&"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        ";02-06-2025;\r\n" in answer.content.decode()
        and f"{procedure.number};'=Formule;" in answer.content.decode()
    )
    for wrong in ("?start=2025-06-30&end=2025-06-01", "?start=x&end=", "?end=2025-06-01"):
        for name in ("auditing:notice", "auditing:notice_file"):
            assert client.get(reverse(name, args=[ref]) + wrong).status_code == 422, wrong


def test_every_page_takes_a_fixed_number_of_queries(
    cast: Cast, log_in: LogIn, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    issued = cast.bring_to(Point.ISSUED)
    cast.bring_to(Point.DECLARED, candidate=cast.person("i@example.org", "I"))
    sample = drawn(cast)
    first = write_note(cast.auditor, sample.ref, issued, "Eerste.")
    client, ref = log_in(cast.auditor), cast.provider.ref
    pages = [
        reverse("auditing:samples", args=[ref]),
        reverse("auditing:announce", args=[ref]),
        reverse("auditing:sample", args=[ref, sample.ref]),
        reverse("auditing:check", args=[ref, sample.ref]),
        reverse("auditing:export", args=[ref, sample.ref]),
        reverse("auditing:notice", args=[ref]),
        reverse("auditing:notice_file", args=[ref]),
        reverse("auditing:dossier", args=[issued.ref, sample.ref]),
        reverse("auditing:note", args=[issued.ref, sample.ref]) + f"?vervangt={first.ref}",
    ]
    few = []
    for url in pages:
        with django_assert_max_num_queries(MOST_QUERIES) as taken:
            assert client.get(url).status_code == 200
        few.append(len(taken))
    for number in range(12):
        cast.start(candidate=cast.person(f"n{number}@example.org", f"N {number}"))
        drawn(cast)
    cast.bring_to(Point.DECLARED, candidate=cast.person("j@example.org", "J"))
    write_note(cast.auditor, sample.ref, issued, "Tweede.", first.ref)
    second = write_note(cast.auditor, sample.ref, issued, "Derde.")
    pages[-1] = reverse("auditing:note", args=[issued.ref, sample.ref]) + f"?vervangt={second.ref}"
    for url, number in zip(pages, few, strict=True):
        with django_assert_num_queries(number):
            client.get(url)
