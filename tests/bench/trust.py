"""Trust: what signing and checking a certificate cost, beside the bare cost of their parts.

    make bench            or: python -m tests.bench.trust [NUMBER]

"bare" rows are the work that nobody can do without: one Ed25519 signature, one canonicalisation. The last
rows check a whole batch, on one core and on two, each certificate with its issuer, its status lists and its
proof of the log.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.credentials import AtHand, Logged, check_credential
from bekwaam.trust.keystore import seal, unseal
from bekwaam.trust.logproofs import LogProof
from bekwaam.trust.merkle import MemoryNodes, append, consistency_proof, inclusion_proof, leaf_hash, root
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.proofs import JCS, check_proofs, transform
from bekwaam.trust.rdf import canonical_rdf
from bekwaam.trust.status import Bits
from bekwaam.trust.vcjwt import read_token, sign_token
from tests.trust.at_hand import at_hand, logged
from tests.trust.material import DAY, KEY, NOW, PRIVATE, certificate, finder, signed

NUMBER = 1_000
RUNS = 50
CODES = 21


def full_certificate(number: int) -> dict[str, Any]:
    """Return a certificate with 21 competences, each with a result and an alignment."""
    made = certificate(id=f"https://evc.example/ervaringscertificaat/{number}")
    base = "https://evc.example/ervaringscertificaat/standaard/mbo-2024"
    made["credentialSubject"]["achievement"]["resultDescription"] = [
        {
            "id": f"{base}/{code}",
            "type": ["ResultDescription"],
            "name": f"Competentie {code}",
            "resultType": "RubricCriterionLevel",
            "alignment": [
                {
                    "type": ["Alignment"],
                    "targetName": f"Competentie {code}",
                    "targetUrl": f"{base}/case/{code}",
                }
            ],
        }
        for code in range(CODES)
    ]
    made["credentialSubject"]["result"] = [
        {"type": ["Result"], "resultDescription": f"{base}/{code}", "value": "vakbekwaam"}
        for code in range(CODES)
    ]
    return made


def measure(title: str, act: Callable[[], Any], bare: float | None = None, runs: int = RUNS) -> float:
    """Print the median and worst processor time of ``act`` in ms, and how many times ``bare`` that is."""
    act()
    times = []
    for _ in range(runs):
        started = time.process_time_ns()
        act()
        times.append((time.process_time_ns() - started) / 1e6)
    median = statistics.median(times)
    ratio = f"{median / bare:8.1f}" if bare else f"{'':8}"
    print(f"{title:52} {median:9.3f} {max(times):9.3f} {ratio}")
    return median


def parts() -> None:
    """Print what the parts cost, and the whole beside them."""
    document, signature = full_certificate(1), PRIVATE.sign(bytes(64))
    rdfc, jcs = signed(document), signed(document, suite=JCS)
    token = sign_token(document, signer=PRIVATE, method=KEY.id, created=NOW - DAY)
    options = {name: value for name, value in rdfc["proof"][0].items() if name != "proofValue"}
    print(f"{'one certificate, 21 competences':52} {'ms cpu':>9} {'worst':>9} {'x bare':>8}")
    sign_bare = measure("bare: an Ed25519 signature", lambda: PRIVATE.sign(bytes(64)))
    check_bare = measure("bare: checking one", lambda: PRIVATE.public.signed(signature, bytes(64)))
    jcs_bare = measure("bare: canonical JSON", lambda: canonical_json(document))
    rdf_bare = measure("bare: canonical RDF", lambda: canonical_rdf(document))
    measure("document and options to what is signed (rdfc)", lambda: transform(document, options), rdf_bare)
    measure("sign, eddsa-rdfc-2022", lambda: signed(document), rdf_bare + sign_bare)
    measure("check, eddsa-rdfc-2022", lambda: check_proofs(rdfc, finder(), now=NOW), rdf_bare + check_bare)
    measure("sign, eddsa-jcs-2022", lambda: signed(document, suite=JCS), jcs_bare + sign_bare)
    measure("check, eddsa-jcs-2022", lambda: check_proofs(jcs, finder(), now=NOW), jcs_bare + check_bare)
    measure("check, JWT", lambda: read_token(token, finder(), now=NOW), jcs_bare + check_bare)
    measure("check all: issuer, lists, log", lambda: check_credential(rdfc, _AT_HAND), rdf_bare + check_bare)
    encoded = Bits.empty().with_at(94567).encoded()
    measure("read a status list of 131 072 places", lambda: Bits.read(encoded))
    sealed = seal(PRIVATE, "een lange zin die niemand raadt")
    measure("open a sealed key", lambda: unseal(sealed, "een lange zin die niemand raadt"), runs=3)


def log(size: int = 100_000) -> None:
    """Print what a log of many leaves costs, beside one SHA-256 of a node."""
    nodes = MemoryNodes()
    for at in range(size):
        append(nodes, at, leaf_hash(b"%d" % at))
    print(f"\n{f'a log of {size} leaves':52} {'ms cpu':>9} {'worst':>9} {'x bare':>8}")
    bare = measure("bare: one hash", lambda: leaf_hash(bytes(64)))
    measure("root", lambda: root(nodes, size), bare)
    measure("proof that a leaf is in it", lambda: inclusion_proof(nodes, size // 3, size), bare)
    measure("proof that it grew", lambda: consistency_proof(nodes, size // 3, size), bare)


def _check(document: dict[str, Any]) -> int:
    return check_credential(document, _AT_HAND).exit_status


def batch(number: int) -> None:
    """Print how long a whole batch takes on one core and on two."""
    documents = [signed(full_certificate(at)) for at in range(number)]
    print(f"\n{f'{number} certificates':52} {'s':>9} {'ms each':>9}")
    for cores in (1, 2):
        with ProcessPoolExecutor(cores) as pool:
            list(pool.map(_check, documents[:4]))
            started = time.perf_counter()
            assert set(pool.map(_check, documents, chunksize=25)) == {0}
            taken = time.perf_counter() - started
        print(f"{f'check all, {cores} process(es)':52} {taken:9.2f} {taken / number * 1000:9.2f}")


def _kept() -> AtHand:
    """What a batch is checked with: lists and a proof that were made once."""
    plain = at_hand()
    lists = {
        url: plain.lists(url)
        for url in (f"https://evc.example/status/{purpose}/1" for purpose in ("revocation", "suspension"))
    }
    found: Logged = logged()
    assert isinstance(found.proof, LogProof) and isinstance(found.key, NoteKey)
    return at_hand(lists=lists.get, logged=found)


_AT_HAND = _kept()


def main() -> None:
    """Measure everything."""
    parts()
    log()
    batch(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER)


if __name__ == "__main__":
    main()
