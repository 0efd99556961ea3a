"""From JSON-LD to its canonical text (RDFC-1.0), so that every word of the document is in what is signed.

JSON-LD passes over what it does not know: a word without a meaning in the context, an address that is none,
an empty list. In a signed document that is a place to write something that nobody signed. Here it is
refused. So are contexts at other places than the top, words of the language itself (``@graph``,
``@included``, ``@nest``…), and graphs made so that canonicalisation takes for ever. Sources: JSON-LD 1.1;
RDF Dataset Canonicalization 1.0, section 7.1 (dataset poisoning); Data Integrity 1.0, section 2.4.1 (context
injection).
"""

from __future__ import annotations

import math
import re
from threading import Lock
from typing import Any, Final

from pyld.canon import URDNA2015
from pyld.context_resolver import ContextResolver
from pyld.jsonld import JsonLdError, JsonLdProcessor

from bekwaam.trust.contexts import OURS, Contexts
from bekwaam.trust.documents import check_value
from bekwaam.trust.reasons import Reason, Refused

MOST_CONTEXTS: Final = 8
MOST_RDF_VALUES: Final = 10_000  # the library takes time that grows with the square of a list
MOST_IN_A_LIST: Final = 500
MOST_BLANK_NODES: Final = 1_000
MOST_WORK: Final = 3_000
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f<>\"{}|\\^`]+")
_BLANK: Final = re.compile(r"_:[A-Za-z0-9]+")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_TRANSLATED: Final = {"@value", "@language"}
_RELATIVE: Final = "bekwaam-relative:"  # where an address that is none ends up, so that it can be seen
_BASE: Final = f"{_RELATIVE}//here/"
_lock = Lock()  # the library keeps caches that two threads may not change at once


def canonical_rdf(document: dict[str, Any], contexts: Contexts = OURS) -> str:
    """Return the canonical N-Quads of ``document``.

    Raises Refused: the bounds of ``documents.check_value``; CONTEXT_MISSING, CONTEXT_UNKNOWN, CONTEXT_PLACE;
    KEYWORD for words of JSON-LD itself; SPELLING for a word written as an address, which is signed all the
    same but stands where nobody reads it; NODE_TWICE for a thing described at two places; NOT_SIGNED for
    anything that would not be in the result; GRAPH_TOO_HARD for a graph that is made to take long.
    """
    check_value(document, most_values=MOST_RDF_VALUES)
    _check_contexts(document, contexts)
    leaves = sum(_leaves(value, key) for key, value in document.items() if key != "@context")
    _check_nodes(document)
    with _lock:
        return _canonical(document, leaves, contexts)


def _check_contexts(document: dict[str, Any], contexts: Contexts) -> None:
    named = document.get("@context")
    listed = named if isinstance(named, list) else [named]
    if not listed or named is None:
        raise Refused(Reason.CONTEXT_MISSING)
    if len(listed) > MOST_CONTEXTS:
        raise Refused(Reason.TOO_MANY_VALUES, "@context")
    for address in listed:
        if not isinstance(address, str):
            raise Refused(Reason.CONTEXT_PLACE, "a context inside the document")
        contexts.text(address)


def _leaves(value: Any, where: str) -> int:
    """Count the texts, numbers and truths in ``value``; refuse what JSON-LD has no place for."""
    if where.startswith("@"):
        raise Refused(Reason.CONTEXT_PLACE if where == "@context" else Reason.KEYWORD, where[:50])
    if ":" in where:
        raise Refused(Reason.SPELLING, where[:100])
    if value is None or value in ([], {}):
        raise Refused(Reason.NOT_SIGNED, f"{where[:50]} is empty")
    if isinstance(value, list):
        if len(value) > MOST_IN_A_LIST:
            raise Refused(Reason.TOO_MANY_VALUES, where[:50])
        return sum(_leaves(part, where) for part in value)
    if not isinstance(value, dict):
        return 1
    if value.keys() == _TRANSLATED:
        language = value["@language"]
        if not isinstance(value["@value"], str) or not isinstance(language, str):
            raise Refused(Reason.KEYWORD, where[:50])
        if not _LANGUAGE.fullmatch(language):
            raise Refused(Reason.NOT_SIGNED, f"{where[:50]} in no language")
        return 1
    return sum(_leaves(part, key) for key, part in value.items())


def _check_nodes(document: dict[str, Any]) -> None:
    """See that what is said of a thing with a name is said at one place, or word for word the same at each.

    In what is signed it is all one; in the JSON somebody could take the end of a certificate away from where
    it is read and say it of the same name further on.
    """
    found: dict[str, dict[str, Any]] = {}
    waiting: list[Any] = [document]
    while waiting:
        it = waiting.pop()
        if isinstance(it, list):
            waiting += it
        elif isinstance(it, dict):
            name = it.get("id")
            if isinstance(name, str) and len(it) > 1 and found.setdefault(name, it) != it:
                raise Refused(Reason.NODE_TWICE, name[:200])
            waiting += it.values()


def _canonical(document: dict[str, Any], leaves: int, contexts: Contexts) -> str:
    def load(address: str, _options: Any) -> dict[str, Any]:
        text = contexts.text(address)
        return {"contextUrl": None, "documentUrl": address, "document": text, "tag": "static"}

    options = {
        "base": _BASE,
        "documentLoader": load,
        "contextResolver": ContextResolver(contexts.worked_out, load),
    }
    try:
        dataset = _Complete(leaves).to_rdf(document, options)
        return str(_Bounded().main(dataset, {"format": "application/n-quads"}))
    except JsonLdError as error:
        raise Refused(Reason.NOT_SIGNED, str(error.code or error.type)[:100]) from error
    except RecursionError as error:
        raise Refused(Reason.GRAPH_TOO_HARD, "depth") from error


def _kept(node: Any) -> int:
    """Count the values of an expanded part, and see that each name in it is a whole address."""
    if isinstance(node, list):
        return sum(_kept(part) for part in node)
    if not isinstance(node, dict):
        raise Refused(Reason.NOT_SIGNED, "a value without a name")
    if "@value" in node:
        return _kept_value(node)
    count = 0
    for name, value in node.items():
        if name in ("@id", "@type"):
            names = value if isinstance(value, list) else [value]
            for it in names:
                if not _is_name(it):
                    raise Refused(Reason.NOT_SIGNED, str(it)[:100])
            count += len(names)
        elif name in ("@list", "@set", "@graph"):
            count += _kept(value)
        elif not _ADDRESS.fullmatch(name):
            raise Refused(Reason.NOT_SIGNED, name[:100])
        else:
            count += _kept(value)
    return count


def _is_name(name: Any) -> bool:
    """Tell whether ``name`` is a whole address, or the mark of a node without a name."""
    if not isinstance(name, str) or name.lower().startswith(_RELATIVE):
        return False
    return bool(_ADDRESS.fullmatch(name) or _BLANK.fullmatch(name))


def _kept_value(node: dict[str, Any]) -> int:
    value = node["@value"]
    kind = node.get("@type")
    if kind == "@json":
        return _leaves(value, "json")
    if isinstance(value, dict | list) or not node.keys() <= {"@value", "@type", "@language"}:
        raise Refused(Reason.NOT_SIGNED, "a value of an unknown kind")
    if kind is not None and not _ADDRESS.fullmatch(str(kind)):
        raise Refused(Reason.NOT_SIGNED, str(kind)[:100])
    return 1


class _Complete(JsonLdProcessor):  # type: ignore[misc]
    """The library's JSON-LD, that holds what it made of a document against the number of values in it."""

    def __init__(self, leaves: int) -> None:
        super().__init__(on_property_dropped=self._dropped)
        self._leaves = leaves

    @staticmethod
    def _dropped(word: Any) -> None:
        raise Refused(Reason.NOT_SIGNED, str(word)[:100])

    def expand(self, input_: Any, options: Any) -> Any:
        expanded = super().expand(input_, options)
        kept = sum(_kept(node) for node in expanded)
        if kept != self._leaves:
            raise Refused(Reason.NOT_SIGNED, f"{self._leaves - kept} values")
        return expanded


class _Bounded(URDNA2015):  # type: ignore[misc]
    """The library's canonicalisation, with a limit to what it will try.

    Telling apart nodes that look alike takes trying every order in which they may stand; each order tried
    costs one, and a credential that means no harm costs nothing or a few.
    """

    def __init__(self) -> None:
        super().__init__()
        self._left = MOST_WORK

    def hash_first_degree_quads(self, id_: str) -> Any:
        if len(self.blank_node_info) > MOST_BLANK_NODES:
            raise Refused(Reason.GRAPH_TOO_HARD, "nodes without a name")
        return super().hash_first_degree_quads(id_)

    def create_hash_to_related(self, id_: str, issuer: Any) -> Any:
        related = super().create_hash_to_related(id_, issuer)
        self._left -= sum(math.factorial(min(len(nodes), 20)) for nodes in related.values()) + 1
        if self._left < 0:
            raise Refused(Reason.GRAPH_TOO_HARD, "nodes that look alike")
        return related
