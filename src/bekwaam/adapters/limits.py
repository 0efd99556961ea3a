"""Limits on a process that reads what a stranger made."""

from __future__ import annotations

from typing import Final

try:
    import resource
except ImportError:  # a system without limits of this kind; the parent's clock remains
    resource = None  # type: ignore[assignment]

MEMORY: Final = 1024 * 1024 * 1024


def limit(seconds: int) -> None:
    """Let this process use no more than ``seconds`` of a processor and :data:`MEMORY` bytes."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
