"""The certificate's paper: setting it, signing it, reading it back, each beside the bare cost of its parts.

    make bench            or: python -m tests.bench.papers [RUNS]

Told are the medians of RUNS (30), on the clock and of the processor, which on a busy machine tells more
(typst uses several at once). The paper is one of a whole standard, with a credential of 12 kB attached. What
a part costs at the least: for setting, typst alone on content that is ready; for signing, one signature on
P-256 and the hash of the file, and for a time stamp one of RSA; for reading back, checking one signature and
hashing the file; for a process of its own, a Python that does nothing, and one that loads the library.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from bekwaam.adapters.papers import PaperReader
from bekwaam.adapters.papers.inspection import inspect
from bekwaam.adapters.pdf import render, render_certificate
from bekwaam.adapters.pdf.content import certificate_content
from bekwaam.adapters.pdf.signing import sign_paper
from bekwaam.frameworks.library import load_builtin
from tests.adapters.pdf.signed import ADDRESS, AT, key, stamping
from tests.papers import paper

RUNS = 30
CREDENTIAL = json.dumps({"results": ["Een oordeel van een competentie. " * 18] * 20}).encode()
Cost = tuple[float, float]


def processor() -> float:
    """Return how long this process and its children had a processor."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def cost(work: Callable[[], object], runs: int) -> Cost:
    """Return the milliseconds that ``work`` takes, on the clock and of the processor; not the first time."""
    work()
    taken = []
    for _ in range(runs):
        clock, own = time.perf_counter(), processor()
        work()
        taken.append((time.perf_counter() - clock, processor() - own))
    clocks, owns = zip(*taken, strict=True)
    return 1000 * statistics.median(clocks), 1000 * statistics.median(owns)


def told(title: str, whole: Cost, bare: Cost) -> None:
    """Print a measurement beside its bare cost; the ratio is that of the processor."""
    numbers = "".join(f"{number:9.1f}" for number in (*whole, *bare))
    print(f"{title:44}{numbers}   x {whole[1] / bare[1]:6.1f}", flush=True)


def python(code: str) -> Callable[[], object]:
    """Return what runs a Python of its own."""
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)


def main() -> None:
    """Measure, and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    print(f"{'milliseconds':44}{'clock':>9}{'proc.':>9}{'bare':>9}{'proc.':>9}")
    document = paper(load_builtin("evc-sociaal-werker-mbo"), {"4.1": None}, check_url=ADDRESS)
    content = certificate_content(document, attached=True)
    attached = {"credential": CREDENTIAL.decode(), "log-proof": ""}
    typst = cost(lambda: render._set(content, attached, 1_776_160_000), runs)
    told("set, with credential and code", cost(lambda: render_certificate(document, CREDENTIAL), runs), typst)

    unsigned, held, stamper = render_certificate(document, CREDENTIAL), key(), stamping()
    once = cost(lambda: held.sign(unsigned), runs)
    told("signed, and read back", cost(lambda: sign_paper(unsigned, held, AT), runs), once)
    other = rsa.generate_private_key(65537, 2048)
    both = cost(lambda: (held.sign(unsigned), other.sign(b"0", PKCS1v15(), hashes.SHA256())), runs)
    told("the same, time stamp made here", cost(lambda: sign_paper(unsigned, held, AT, stamper), runs), both)

    signed = sign_paper(unsigned, held, AT)
    signature, public = held.sign(signed), held.private.public_key()
    check = cost(lambda: public.verify(signature, signed, ec.ECDSA(hashes.SHA256())), runs)
    told("read back, here", cost(lambda: inspect(signed), runs), check)
    few = max(3, runs // 5)
    own = cost(lambda: PaperReader().read(signed), few)
    told("read back, in a process of its own", own, cost(python("pass"), few))
    told("   the same, beside loading the library", own, cost(python("import pyhanko.sign"), few))
    hundred = cost(lambda: list(PaperReader().read_many([signed] * 100)), 3)
    told("a hundred of them in one go, each", (hundred[0] / 100, hundred[1] / 100), check)
    print(f"{len(unsigned)} bytes, signed {len(signed)}")


if __name__ == "__main__":
    main()
