"""What it costs to check a certificate, beside the bare cost of the parts, and a thousand in one batch.

    make bench            or: python -m tests.bench.verifying [NUMBER]

The certificate is one of the whole standard, 21 competences, as paper, credential and token, each with its
proof of the log. What each costs at the least: canonical RDF and one Ed25519 signature for a credential,
canonical JSON and one signature for a token, and for a paper what a credential costs with one signature on
P-256 and the hash of the file. The batch is the command's own, with files on disk, on one process and on two.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from bekwaam.adapters.papers.inspection import inspect
from bekwaam.cli.verify.checking import Way, results
from bekwaam.cli.verify.inputs import gather
from bekwaam.domain.certificates.handed import Handed
from bekwaam.domain.certificates.verifying import verify
from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.rdf import canonical_rdf
from bekwaam.trust.verdicts import Outcome
from tests.issued import LISTS, NOW, PRIVATE, bundle, issued, means, status_list

NUMBER = 1_000
RUNS = 30


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the milliseconds of a processor that ``work`` takes; not the first time."""
    work()
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return 1000 * statistics.median(taken)


def told(title: str, cost: float, bare: float | None = None) -> None:
    """Print a measurement beside its bare cost."""
    ratio = f"   x {cost / bare:5.2f}" if bare else ""
    print(f"{title:52}{cost:9.2f}{bare or 0:9.2f}{ratio}" if bare else f"{title:52}{cost:9.2f}", flush=True)


def parts() -> None:
    """Print what one of each costs."""
    made, kept = issued(large=True), means()
    bare = {name: value for name, value in made.credential.items() if name != "proof"}
    signature, key = PRIVATE.sign(bytes(64)), ec.generate_private_key(ec.SECP256R1())
    signed, public = key.sign(made.pdf, ec.ECDSA(hashes.SHA256())), key.public_key()
    print(f"{'one certificate, milliseconds of a processor':52}{'cost':>9}{'bare':>9}")
    told("bare: canonical RDF", rdf := median(lambda: canonical_rdf(bare)))
    told("bare: canonical JSON", plain := median(lambda: canonical_json(bare)))
    told("bare: an Ed25519 signature", check := median(lambda: PRIVATE.public.signed(signature, bytes(64))))
    told(
        "bare: a P-256 signature and the hash of the file",
        curve := median(lambda: public.verify(signed, made.pdf, ec.ECDSA(hashes.SHA256()))),
    )
    told("bare: reading the PDF back", reading := median(lambda: inspect(made.pdf)))
    told("credential (JSON)", median(lambda: verify(Handed(made.json, made.proof), kept)), rdf + check)
    told("token (JWT)", median(lambda: verify(Handed(made.jwt.encode(), made.proof), kept)), plain + check)
    paper = median(lambda: verify(Handed(made.pdf), kept))
    told("paper (PDF), read here", paper, rdf + check + curve)
    told("   the same, beside reading it back as well", paper, rdf + check + reading)


def batch(number: int, ending: str, content: bytes, proof: str) -> None:
    """Print how long a batch of files takes, on one process and on two."""
    long = NOW.replace(year=NOW.year + 50)
    lists = tuple(dict(status_list(purpose, until=long)) for purpose in LISTS)
    way = Way("nl", bundle(lists=lists).as_bytes())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for at in range(number):
            (folder / f"{at:04}{ending}").write_bytes(content)
            (folder / f"{at:04}.tlog-proof").write_text(proof)
        asked = gather([folder])
        for processes in (1, 2):
            begun, used = time.perf_counter(), processor()
            assert {it.outcome for it in results(asked, way, processes)} == {Outcome.VALID}
            taken, used = time.perf_counter() - begun, processor() - used
            title = f"{number} times {ending}, {processes} process(es)"
            print(f"{title:52}{taken:9.1f}{1000 * taken / number:9.2f}{used:9.1f}", flush=True)


def processor() -> float:
    """Return how long this process and those that it waited for had a processor."""
    own, others = (resource.getrusage(it) for it in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def main() -> None:
    """Measure everything."""
    parts()
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    made = issued(large=True)
    print(f"\n{'a batch':52}{'s':>9}{'ms each':>9}{'s proc.':>9}")
    batch(number, ".json", made.json, made.proof)
    batch(number, ".jwt", made.jwt.encode(), made.proof)
    batch(number, ".pdf", made.pdf, made.proof)


if __name__ == "__main__":
    main()
