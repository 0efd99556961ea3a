"""What is nobody's own in a portfolio: its standard's texts, what stands on our screens, and examples."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from bekwaam.domain.signs.prints import Known
from bekwaam.frameworks.model import Framework
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.frameworks.words import told_in
from bekwaam.store.models import Procedure
from bekwaam.wording import LANGUAGES, every_text

_KEPT: Final = 16
_kept: OrderedDict[tuple[str, str, str], Known] = OrderedDict()


def known_in(procedure: Procedure) -> Known:
    """Return what does not count as copied in a procedure: of its standard, in ours and the provider's words.

    At most one query. The first time that a process meets a standard it takes some tenths of a second.
    """
    told = told_in(procedure)
    name = (procedure.standard.sha256, told.head.sha256 if told.head else "", settings.EXAMPLES)
    found = _kept.get(name)
    if found is None:
        ours = framework_of(procedure.standard)
        texts = {*_texts(ours), *_texts(told.framework)}
        found = _kept[name] = Known.of(texts) | _on_our_screens() | _examples(settings.EXAMPLES)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return found


@lru_cache(maxsize=1)
def _on_our_screens() -> Known:
    return Known.of(text for language in LANGUAGES for text in every_text(language))


@lru_cache(maxsize=1)
def _examples(folder: str) -> Known:
    """Return what stands in the texts (.txt) of a folder: what people were given as an example."""
    if not folder:
        return Known()
    return Known.of(path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt")))


def _texts(framework: Framework) -> Iterator[str]:
    for item in framework.items:
        for text in (item.title, item.text):
            if text is not None:
                yield text.nl
                yield text.en
