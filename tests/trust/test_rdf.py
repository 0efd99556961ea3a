"""Nothing in a document stays outside what is signed, and nothing takes for ever."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest

from bekwaam.trust.contexts import CREDENTIALS, DATA_INTEGRITY, KNOWN, OPEN_BADGES, Contexts
from bekwaam.trust.rdf import canonical_rdf
from bekwaam.trust.reasons import Reason, Refused
from tests.trust.material import certificate

Change = Callable[[dict[str, Any]], Any]


def refused(document: dict[str, Any], contexts: Contexts | None = None) -> Reason:
    with pytest.raises(Refused) as caught:
        canonical_rdf(document, contexts or Contexts())
    return caught.value.reason


def subject(document: dict[str, Any]) -> dict[str, Any]:
    made = document["credentialSubject"]
    assert isinstance(made, dict)
    return made


SLIPPED_IN: list[tuple[str, Change, Reason]] = [
    ("a word without a meaning", lambda d: d.update(onbekend="x"), Reason.NOT_SIGNED),
    ("the same deeper", lambda d: subject(d).update(geslaagd=True), Reason.NOT_SIGNED),
    ("a word that looks like one of the language", lambda d: d.update({"@note": "x"}), Reason.KEYWORD),
    ("a type without a meaning", lambda d: d["type"].append("Diploma"), Reason.NOT_SIGNED),
    ("a name that is no address", lambda d: subject(d).update(id="jan"), Reason.NOT_SIGNED),
    ("a name on another host", lambda d: subject(d).update(id="//kwaad.example/x"), Reason.NOT_SIGNED),
    ("a name that climbs", lambda d: subject(d).update(id="../x"), Reason.NOT_SIGNED),
    ("a fragment", lambda d: subject(d).update(id="#x"), Reason.NOT_SIGNED),
    ("an empty name", lambda d: subject(d).update(id=""), Reason.NOT_SIGNED),
    ("a name with a blank", lambda d: subject(d).update(id="urn:x y"), Reason.NOT_SIGNED),
    (
        "a name that writes statements",
        lambda d: d.update(id="urn:x> <urn:p> <urn:o> .\n<urn:y"),
        Reason.NOT_SIGNED,
    ),
    ("nothing", lambda d: d.update(validUntil=None), Reason.NOT_SIGNED),
    ("an empty list", lambda d: d.update(evidence=[]), Reason.NOT_SIGNED),
    ("an empty object", lambda d: d.update(evidence={}), Reason.NOT_SIGNED),
    ("nothing in a list", lambda d: d["evidence"].append(None), Reason.NOT_SIGNED),
    ("a context inside", lambda d: subject(d).update({"@context": {"x": "urn:x"}}), Reason.CONTEXT_PLACE),
    ("a known context inside", lambda d: subject(d).update({"@context": CREDENTIALS}), Reason.CONTEXT_PLACE),
    (
        "a context of its own at the top",
        lambda d: d["@context"].append({"name": "urn:x"}),
        Reason.CONTEXT_PLACE,
    ),
    ("no context at the top", lambda d: d["@context"].append(None), Reason.CONTEXT_PLACE),
    (
        "an unknown context",
        lambda d: d["@context"].append("https://10.0.0.8/context"),
        Reason.CONTEXT_UNKNOWN,
    ),
    ("a relative context", lambda d: d["@context"].append("v2"), Reason.CONTEXT_UNKNOWN),
    ("no contexts", lambda d: d.pop("@context"), Reason.CONTEXT_MISSING),
    ("an empty list of contexts", lambda d: d.update({"@context": []}), Reason.CONTEXT_MISSING),
    (
        "very many contexts",
        lambda d: d.update({"@context": [CREDENTIALS] * 9}),
        Reason.TOO_MANY_VALUES,
    ),
    ("a graph", lambda d: d.update({"@graph": [{"id": "urn:x"}]}), Reason.KEYWORD),
    ("something included", lambda d: d.update({"@included": [{"id": "urn:x"}]}), Reason.KEYWORD),
    ("something nested", lambda d: d.update({"@nest": {"name": "x"}}), Reason.KEYWORD),
    ("something turned round", lambda d: d.update({"@reverse": {"issuer": "urn:x"}}), Reason.KEYWORD),
    ("a set", lambda d: d.update(evidence={"@set": []}), Reason.KEYWORD),
    ("an index", lambda d: subject(d).update({"@index": "x"}), Reason.KEYWORD),
    (
        "a direction",
        lambda d: d.update(name={"@value": "x", "@language": "nl", "@direction": "rtl"}),
        Reason.KEYWORD,
    ),
    ("a typed value", lambda d: d.update(name={"@value": "x", "@type": "urn:x"}), Reason.KEYWORD),
    ("no language", lambda d: d.update(name={"@value": "x", "@language": "n l"}), Reason.NOT_SIGNED),
    (
        "a language that is a list",
        lambda d: d.update(name={"@value": "x", "@language": ["nl"]}),
        Reason.KEYWORD,
    ),
    (
        "a translation of a truth",
        lambda d: d.update(name={"@value": True, "@language": "nl"}),
        Reason.KEYWORD,
    ),
    ("a control character", lambda d: d.update(name="a\u0008b"), Reason.TEXT),
    ("half a character", lambda d: d.update(name="a\ud800"), Reason.TEXT),
    ("a number too large", lambda d: subject(d).update(creditsEarned=2**60), Reason.NUMBER),
]


@pytest.mark.parametrize(
    ("change", "reason"), [row[1:] for row in SLIPPED_IN], ids=[row[0] for row in SLIPPED_IN]
)
def test_what_would_not_be_signed_is_refused(change: Change, reason: Reason) -> None:
    document = certificate()
    change(document)
    assert refused(document) is reason


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [it for key, part in value.items() if key != "@context" for it in _paths(part, (*path, key))]
    if isinstance(value, list):
        return [it for at, part in enumerate(value) for it in _paths(part, (*path, at))]
    return [path]


@pytest.mark.parametrize("path", _paths(certificate()), ids=str)
def test_every_single_value_of_a_certificate_is_signed(path: tuple[Any, ...]) -> None:
    document = certificate()
    whole = canonical_rdf(copy.deepcopy(document))
    part = document
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = re.sub(r".$", lambda found: "x" if found[0] != "x" else "y", str(part[path[-1]]))
    try:
        assert canonical_rdf(document) != whole
    except Refused as error:
        assert error.reason is Reason.NOT_SIGNED


def test_the_order_of_keys_and_lists_does_not_matter() -> None:
    document = certificate()
    turned = dict(reversed(document.items()))
    turned["evidence"] = document["evidence"][0]
    assert canonical_rdf(document) == canonical_rdf(turned)


def test_words_that_nobody_else_may_define_keep_their_meaning() -> None:
    hostile = "https://kwaad.example/v1"
    document = certificate(**{"@context": [CREDENTIALS, OPEN_BADGES, hostile]})
    defined = {"@context": {"issuer": "https://kwaad.example/#by", "achievement": "https://kwaad.example/#a"}}
    assert canonical_rdf(document, Contexts({hostile: defined})) == canonical_rdf(certificate())
    defined = {"@context": {"VerifiableCredential": "https://kwaad.example/#vc"}}
    assert refused(document, Contexts({hostile: defined})) is Reason.NOT_SIGNED


def test_a_context_without_protection_cannot_be_added_by_a_document() -> None:
    assert set(KNOWN) == {CREDENTIALS, OPEN_BADGES, DATA_INTEGRITY}
    assert "https://www.w3.org/ns/credentials/undefined-terms/v2" not in Contexts()
    assert not any("@vocab" in str(Contexts().text(known)["@context"].keys()) for known in KNOWN)


def _alike(number: int, linked: Callable[[int], list[int]]) -> dict[str, Any]:
    """A document of ``number`` nodes without a name that can only be told apart by trying."""
    return {
        "@context": [CREDENTIALS],
        "id": "urn:x",
        "type": "VerifiableCredential",
        "evidence": [
            {"id": f"_:n{at}", "type": "VerifiableCredential", "evidence": [f"_:n{to}" for to in linked(at)]}
            for at in range(number)
        ],
    }


POISON = {
    "everyone to everyone": _alike(12, lambda at: [to for to in range(12) if to != at]),
    "a ring of two hundred": _alike(200, lambda at: [(at + 1) % 200]),
    "a grid": _alike(100, lambda at: [(at // 10) * 10 + (at + 1) % 10, (at + 10) % 100]),
}


@pytest.mark.parametrize("name", POISON)
def test_a_graph_that_is_made_to_take_long_is_refused(name: str) -> None:
    assert refused(POISON[name]) is Reason.GRAPH_TOO_HARD


def test_very_many_nodes_without_a_name_are_refused() -> None:
    pieces = [{"type": ["Evidence"], "name": f"{at}"} for at in range(400)]
    document = certificate(evidence=pieces)
    subject(document)["result"] = [{"type": ["Result"], "value": f"{at}"} for at in range(400)]
    subject(document)["achievement"]["resultDescription"] = [
        {"type": ["ResultDescription"], "name": f"{at}"} for at in range(300)
    ]
    assert refused(document) is Reason.GRAPH_TOO_HARD


def test_a_document_with_very_many_values_is_refused() -> None:
    assert refused(certificate(type=["VerifiableCredential"] * 501)) is Reason.TOO_MANY_VALUES
    document = certificate(evidence=[{"id": "urn:x", "type": ["Evidence"] * 40} for _ in range(300)])
    assert refused(document) is Reason.TOO_MANY_VALUES


CREDENTIAL = "https://www.w3.org/2018/credentials#"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d.update({CREDENTIAL + "credentialStatus": d.pop("credentialStatus")}), Reason.SPELLING),
        (lambda d: d.update({"cred:credentialStatus": d.pop("credentialStatus")}), Reason.SPELLING),
        (
            lambda d: d["evidence"].append(
                {"id": d["id"], "type": "VerifiableCredential", "validUntil": d.pop("validUntil")}
            ),
            Reason.NODE_TWICE,
        ),
        (
            lambda d: subject(d)["result"].append({"id": d["id"], "type": ["Result"], "value": "x"}),
            Reason.NODE_TWICE,
        ),
    ],
)
def test_what_is_signed_cannot_be_moved_to_where_nobody_reads_it(change: Change, reason: Reason) -> None:
    document = certificate()
    change(document)
    assert refused(document) is reason


def test_a_thing_may_be_named_again_or_described_in_the_same_words() -> None:
    document = certificate()
    subject(document)["achievement"]["creator"] = dict(document["issuer"])
    assert canonical_rdf(document)
    subject(document)["achievement"]["creator"] = {"id": document["issuer"]["id"]}
    assert canonical_rdf(document)


def test_a_few_nodes_that_look_alike_are_no_attack() -> None:
    document = certificate()
    document["evidence"] = [{"type": ["Evidence"], "name": "Casus"} for _ in range(20)]
    assert canonical_rdf(document).count("https://schema.org/name") >= 20
    assert canonical_rdf(_alike(3, lambda at: [(at + 1) % 3]))
    assert canonical_rdf(_alike(200, lambda at: list(range(1, 200)) if at == 0 else [0]))


def test_a_document_with_forty_results_is_no_attack() -> None:
    document = certificate()
    subject(document)["result"] = [
        {
            "type": ["Result"],
            "value": f"waarde {at}",
            "alignment": [{"type": ["Alignment"], "targetName": "x"}],
        }
        for at in range(40)
    ]
    assert canonical_rdf(document).count("waarde ") == 40
