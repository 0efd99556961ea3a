"""How papers are read, as the check of one file asks for it."""

from __future__ import annotations

from typing import Final

from bekwaam.adapters.papers.reader import PaperReader
from bekwaam.adapters.papers.vouching import vouched_for
from bekwaam.domain.certificates.papers import PaperPort

PAPERS: Final = PaperPort(read=PaperReader().read, vouched=vouched_for)
"""Each in a process of its own, with limits."""
