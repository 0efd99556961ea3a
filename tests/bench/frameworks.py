"""Frameworks of 10 000 items: how long going out and coming in takes, and how much memory.

    make bench            or: python -m tests.bench.frameworks [ITEMS] [NAME...]

Each measurement runs in a process of its own, so that its peak of memory is its own; "nothing" stands for
what a process costs at the least. Beside the time on the clock stands the time of the processor, which does
not grow when the machine is busy with something else. A measurement is a row in ``MEASUREMENTS``: what it
needs is made before the clock starts.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bekwaam.frameworks.checking import check_framework
from bekwaam.frameworks.exchange.formats import FORMATS
from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text

NUMBER = 10_000
SOURCE = Source("D", "1.2")
STAGES = ("start", "vak", "volwassen")


def large(number: int) -> Framework:
    """Return a framework of ``number`` items: clusters, competences, and indicators in three stages."""
    items: list[Item] = []
    for code, kind, parent in _tree():
        if len(items) == number:
            break
        stage = STAGES[len(items) % 3] if kind == "indicator" else None
        title = None if stage else Text(f"Bekwaamheid {code} van het vak", f"Competence {code} of the craft")
        text = Text(
            f"Doet bij {code} wat nodig is, legt uit waarom, en weet wanneer een ander het beter kan.",
            f"Does what is needed for {code}, says why, and knows when somebody else can do it better.",
        )
        items.append(Item(code, kind, title, text, SOURCE, parent, stage, "groot"))
    stages = tuple(
        Stage(code, code[:2], rank, Text(code, code), Text(code, code), SOURCE)
        for rank, code in enumerate(STAGES, 1)
    )
    return Framework(
        "groot", "1.0", "framework", Text("Groot", "Large"), Text("Gemaakt.", "Generated."), SOURCE, stages,
        tuple(items), documents={"D": Text("Document", "Document")},
    )  # fmt: skip


def _tree() -> Any:
    cluster = 0
    while True:
        cluster += 1
        yield f"{cluster}", "cluster", None
        for competence in range(1, 10):
            yield f"{cluster}.{competence}", "competence", f"{cluster}"
            for indicator in range(1, 11):
                yield f"{cluster}.{competence}.{indicator}", "indicator", f"{cluster}.{competence}"


def _going_out(form: str) -> Callable[[int, Path], Callable[[], object]]:
    def prepare(number: int, folder: Path) -> Callable[[], object]:
        framework = large(number)
        return lambda: FORMATS[form].write(framework)

    return prepare


def _coming_in(form: str) -> Callable[[int, Path], Callable[[], object]]:
    def prepare(number: int, folder: Path) -> Callable[[], object]:
        file = folder / f"{number}{FORMATS[form].suffix}"
        if not file.exists():
            # In another process, so that this one's peak is that of reading alone.
            made = [sys.executable, "-m", "tests.bench.frameworks", "--make", form, str(number), str(file)]
            subprocess.run(made, check=True)
        data = file.read_bytes()

        def read() -> object:
            reading = FORMATS[form].read(data, file.name)
            assert reading.usable, [fault.full_text("en") for fault in reading.faults[:3]]
            return reading

        return read

    return prepare


def _checking(number: int, folder: Path) -> Callable[[], object]:
    framework = large(number)
    return lambda: check_framework(framework)


MEASUREMENTS: dict[str, Callable[[int, Path], Callable[[], object]]] = {
    "nothing": lambda number, folder: lambda: None,
    "check": _checking,
    **{f"export {form}": _going_out(form) for form in FORMATS},
    **{f"import {form}": _coming_in(form) for form, one in FORMATS.items() if one.reader},
}


def measure(name: str, number: int, folder: Path) -> None:
    """Print the seconds that one measurement takes and the peak of memory (MB) of this process."""
    act = MEASUREMENTS[name](number, folder)
    before = _peak()
    started, busy = time.perf_counter(), time.process_time()
    act()
    took, busy = time.perf_counter() - started, time.process_time() - busy
    print(f"{name:24} {took:8.2f} {busy:8.2f} {before:10.0f} {_peak():10.0f}", flush=True)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main(arguments: list[str]) -> None:
    """Run all measurements, or those that are named, each in a process of its own."""
    if arguments[:1] == ["--make"]:
        _, form, number, file = arguments
        Path(file).write_bytes(FORMATS[form].write(large(int(number))))
        return
    if arguments[:1] == ["--one"]:
        _, name, number, folder = arguments
        measure(name, int(number), Path(folder))
        return
    count = int(arguments[0]) if arguments else NUMBER
    print(f"a framework of {count} items")
    print(f"{'what':24} {'seconds':>8} {'cpu':>8} {'MB before':>10} {'MB peak':>10}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments[1:] or MEASUREMENTS:
            alone = [sys.executable, "-m", "tests.bench.frameworks", "--one", name, str(count), folder]
            subprocess.run(alone, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
