"""What issuing a certificate in all its forms costs, beside the bare cost of its parts.

    python -m tests.bench.issuing [NUMBER]

On the standard of 21 competences, over SQLite (or ``TEST_DATABASE_URL``). "Bare" is what nobody can do
without: setting the paper with typst, canonical RDF of both credentials and of their options, the Ed25519
signatures (four of credentials, one that vouches for the paper, one of the log), and a key of its own for
the paper. The rest is composing, signing a PDF so that it stays PDF/A, the log, the audit chain and the
tables.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings_test")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from bekwaam.adapters.pdf import render_certificate  # noqa: E402
from bekwaam.adapters.pdf.identity import new_key  # noqa: E402
from bekwaam.domain.certificates.forms import Form  # noqa: E402
from bekwaam.domain.certificates.reading import read_document  # noqa: E402
from bekwaam.frameworks.library import load_builtin  # noqa: E402
from bekwaam.services.certificates.issuing import issue  # noqa: E402
from bekwaam.services.frameworks.versions import publish  # noqa: E402
from bekwaam.services.publiclog.reads import proof_of  # noqa: E402
from bekwaam.store.models import Certificate, CertificateForm, Procedure  # noqa: E402
from bekwaam.trust.keys import PrivateKey  # noqa: E402
from bekwaam.trust.proofs import without_proof  # noqa: E402
from bekwaam.trust.rdf import canonical_rdf  # noqa: E402
from tests.cast import Cast, Point, make_cast  # noqa: E402

ROUNDS = 5


def milliseconds(work: Callable[[], Any]) -> float:
    """Return how long ``work`` takes, on the clock of the processor."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def decided(cast: Cast, number: int) -> Procedure:
    """Return a procedure on the real standard of which the outcome is decided and the facts are checked."""
    standard = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    person = cast.person(f"meting{number}@example.org", f"Meting {number}")
    procedure = cast.bring_to(Point.CONSENTED, candidate=person, standard=standard)
    cast.fill(procedure, 21)
    return cast.bring_on(procedure, Point.CHECKED, since=Point.FILLED)


def bare_parts(procedure: Procedure) -> dict[str, float]:
    """Return the bare cost of each part of the certificate of ``procedure``, as the median of some rounds."""
    row = Certificate.objects.get(procedure=procedure)
    forms = {Form(form.form): form for form in CertificateForm.objects.filter(certificate=row)}
    credentials = [
        json.loads(forms[form].content) for form in (Form.EXPERIENCE, Form.STANDARD) if form in forms
    ]
    document, key = read_document(row.document), PrivateKey(bytes(range(32)))
    content = forms[Form.EXPERIENCE].content.encode()
    shown = proof_of(forms[Form.EXPERIENCE].digest)
    proof = shown.text.encode() if shown else b""

    def canonical() -> None:
        for credential in credentials:
            canonical_rdf(without_proof(credential))
            options = {name: it for name, it in credential["proof"][0].items() if name != "proofValue"}
            canonical_rdf({"@context": credential["@context"], **options})

    works: dict[str, Callable[[], Any]] = {
        "typst": lambda: render_certificate(document, content, proof),
        "canonical RDF": canonical,
        "6 Ed25519 signatures": lambda: [key.sign(content) for _ in range(6)],
        "a key on P-256": new_key,
    }
    return {
        name: statistics.median(milliseconds(work) for _ in range(ROUNDS)) for name, work in works.items()
    }


def main() -> None:
    """Issue some certificates and print what it cost."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases()
    try:
        cast = make_cast()
        procedures = [decided(cast, at) for at in range(number + 1)]
        first, *others = procedures
        issue(cast.coordinator, first, "nl")  # makes the keys and loads what has to be loaded
        times = [milliseconds(partial(issue, cast.coordinator, one, "nl")) for one in others[:-1]]
        with CaptureQueriesContext(connection) as queries:
            times.append(milliseconds(lambda: issue(cast.coordinator, others[-1], "nl")))
        bare = bare_parts(first)
        whole, parts = statistics.median(times), sum(bare.values())
        for name, took in bare.items():
            print(f"bare: {name:<40}{took:10.1f} ms")
        title = f"issue in all forms ({len(queries)} queries)"
        print(f"{title:<46}{whole:10.1f} ms  x {whole / parts:.2f}")
    finally:
        runner.teardown_databases(before)


if __name__ == "__main__":
    main()
