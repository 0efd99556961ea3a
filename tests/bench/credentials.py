"""How long it takes to put a certificate into its data forms, before anybody signs them.

    python -m tests.bench.credentials

The certificate is one of the real standard, every unit judged. Beside each form stands the bare cost of
writing the same data once as canonical JSON, so that what our own work adds is a ratio.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bekwaam.domain.certificates.case_targets import case_targets
from bekwaam.domain.certificates.checking import credential_faults
from bekwaam.domain.certificates.elm import elm_export
from bekwaam.domain.certificates.openbadge import open_badges
from bekwaam.domain.certificates.share import Depth, shared
from bekwaam.frameworks.library import load_builtin
from bekwaam.trust.canonical import canonical_json
from tests.domain.certificates.badges import BASE, claim
from tests.papers import paper

ROUNDS = 20


def best(work: Callable[[], Any]) -> float:
    """Return the shortest of some rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


def main() -> None:
    """Print a line for every form."""
    standard = load_builtin("evc-sociaal-werker-mbo")
    document, about = paper(standard), claim(standard)
    badges, export = list(open_badges(document, about)), elm_export(document, about)
    bare = best(lambda: canonical_json(badges))
    print(f"{'bare: canonical JSON of both badges':<44}{bare:8.1f} ms{len(canonical_json(badges)):>10} bytes")
    rows: list[tuple[str, Callable[[], Any]]] = [
        ("the CASE items to point at", lambda: case_targets(standard, BASE, "nl")),
        ("both badges", lambda: list(open_badges(document, about))),
        ("do they hang together", lambda: [credential_faults(one) for one in badges]),
        ("the European export", lambda: elm_export(document, about)),
        ("what a share link shows", lambda: shared(document, Depth.REASONS, shows_name=True)),
    ]
    for name, work in rows:
        took = best(work)
        print(f"{name:<44}{took:8.1f} ms{took / bare:9.2f} × bare")
    print(f"{'the European export is':<44}{len(canonical_json(export)):>21} bytes")


if __name__ == "__main__":
    main()
