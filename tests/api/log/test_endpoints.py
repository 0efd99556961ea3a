"""What other programs get from the log: each answer holds by the rules of those who made the formats."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bekwaam.services.signing.ring import log_key
from bekwaam.trust.checkpoints import objection, read_checkpoint
from bekwaam.trust.encoding import from_base64
from bekwaam.trust.entries import Kind, LogEntry
from bekwaam.trust.logproofs import check_log_proof, read_log_proof
from bekwaam.trust.notes import NoteKey
from tests.services.publiclog.logging import entry, logged

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SIZE = 6


@pytest.fixture
def entries() -> list[LogEntry]:
    made = [entry(number) for number in range(SIZE - 1)] + [entry(9, Kind.REVOKED, of="uEi2")]
    logged(*made)
    return made


def get(path: str, status: int = 200, **query: Any) -> Any:
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(f"/log/{path}", {name.rstrip("_"): value for name, value in query.items()})
    assert response.status_code == status, response.content
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert len(captured) <= 4
    assert not [one for one in captured if not one["sql"].startswith("SELECT")]
    if status != 200:
        assert response.json()["error"]
        return response
    kept = "no-cache" if path == "checkpoint" else "public, max-age=60"
    assert (response["Cache-Control"], bool(response["ETag"])) == (kept, True)
    return response


def test_the_checkpoint_opens_with_the_key_that_is_shown(entries: list[LogEntry]) -> None:
    key = NoteKey.read(get("key").content.decode().strip())
    assert key == log_key()
    response = get("checkpoint")
    assert response["Content-Type"].startswith("text/plain")
    assert read_checkpoint(response.content, key).size == SIZE


def test_the_log_proves_to_others_that_it_grew(entries: list[LogEntry]) -> None:
    old = read_checkpoint(get("checkpoint").content, log_key())
    logged(entry(20), entry(21))
    new = read_checkpoint(get("checkpoint").content, log_key())
    answer = get("consistency", from_=old.size, to=new.size).json()
    assert objection(old, new, [from_base64(one) for one in answer["hashes"]]) is None


def test_a_proof_is_found_by_digest_or_number(entries: list[LogEntry]) -> None:
    for query, index in (({"digest": "uEi2"}, 2), ({"index": 5}, 5), ({"index": 0}, 0)):
        found = read_log_proof(get("proof", **query).content)
        assert found.index == index
        assert found.extra == entries[index].data
        assert check_log_proof(found, entries[index].leaf, log_key()).size == SIZE


def test_leaves_come_as_they_were_hashed(entries: list[LogEntry]) -> None:
    assert get("entries").json() == {"start": 0, "entries": [one.data.decode() for one in entries]}
    some = get("entries", start=4, count=1).json()["entries"]
    assert [LogEntry.read(one.encode()) for one in some] == [entries[4]]
    assert get("entries", start=100).json()["entries"] == []


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("consistency", {}, 400),
        ("consistency", {"from_": 0, "to": 2}, 400),
        ("consistency", {"from_": 3, "to": 2}, 400),
        ("consistency", {"from_": 1, "to": SIZE + 1}, 400),
        ("consistency", {"from_": "-1", "to": "١"}, 400),
        ("consistency", {"from_": "1" * 40, "to": "9" * 40}, 400),
        ("proof", {}, 400),
        ("proof", {"digest": "uEi2", "index": 1}, 400),
        ("proof", {"digest": ""}, 400),
        ("proof", {"digest": "uEi2 OR 1"}, 400),
        ("proof", {"index": "x"}, 400),
        ("proof", {"digest": "uEiNo"}, 404),
        ("proof", {"index": SIZE}, 404),
        ("entries", {"start": "x"}, 400),
        ("entries", {"count": 0}, 400),
        ("entries", {"count": 1001}, 400),
    ],
)
def test_what_cannot_be_understood_is_told(
    entries: list[LogEntry], path: str, query: dict[str, Any], status: int
) -> None:
    get(path, status, **query)


def test_an_empty_log_says_so_and_stays_empty() -> None:
    for path in ("checkpoint", "key"):
        get(path, 404)
    get("proof", 404, index=0)
    get("consistency", 400, from_=1, to=1)
    assert get("entries").json()["entries"] == []


def test_nothing_can_be_written_and_an_answer_can_be_kept(entries: list[LogEntry]) -> None:
    assert Client().post("/log/checkpoint").status_code == 405
    tag = get("checkpoint")["ETag"]
    assert Client().get("/log/checkpoint", headers={"If-None-Match": tag}).status_code == 304
    assert Client().options("/log/checkpoint").status_code == 204
