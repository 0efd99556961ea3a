"""What is nobody's own in a portfolio: the texts of its standard, and what stands on our screens."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from bekwaam.domain.signs.prints import Known
from bekwaam.frameworks.model import Framework
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.frameworks.words import told_in
from bekwaam.store.models import Procedure
from bekwaam.wording import LANGUAGES, every_text

_KEPT: Final = 16
_kept: OrderedDict[tuple[str, str], Known] = OrderedDict()


def known_in(procedure: Procedure) -> Known:
    """Return what does not count as copied in a procedure: of its standard, in ours and the provider's words.

    At most one query. The first time that a process meets a standard it takes some tenths of a second.
    """
    told = told_in(procedure)
    name = (procedure.standard.sha256, told.head.sha256 if told.head else "")
    found = _kept.get(name)
    if found is None:
        ours = framework_of(procedure.standard)
        texts = {*_texts(ours), *_texts(told.framework)}
        found = _kept[name] = Known.of(texts) | _on_our_screens()
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return found


@lru_cache(maxsize=1)
def _on_our_screens() -> Known:
    return Known.of(text for language in LANGUAGES for text in every_text(language))


def _texts(framework: Framework) -> Iterator[str]:
    for item in framework.items:
        for text in (item.title, item.text):
            if text is not None:
                yield text.nl
                yield text.en
