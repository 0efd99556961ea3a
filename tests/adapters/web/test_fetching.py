"""Fetching from others: what is good comes in; nobody gets us to look where we should not, or for long."""

from __future__ import annotations

import gzip
import ipaddress
import json
import socket
import time
from pathlib import Path

import pytest

from bekwaam.adapters.web.addresses import is_public, look_up, read_place
from bekwaam.adapters.web.faults import FetchFault, NotFetched
from bekwaam.adapters.web.fetching import Fetcher
from bekwaam.adapters.web.sources import MOST_FETCHED, Sources
from bekwaam.trust.dids import document_of
from tests.adapters.web.hosts import HOME, Says, Shelf, answer, dripping, fetcher, host, raw
from tests.issued import DID, ISSUER, status_list

GOOD = b'{"a": 1}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
MOST = 64 * 1024


def fault_of(url: str, getter: Fetcher, most: int = MOST) -> FetchFault:
    with pytest.raises(NotFetched) as found:
        getter.json(url, most)
    return found.value.fault


@pytest.mark.parametrize(
    "kind", ["application/json", "application/did+json; charset=utf-8", "application/vc"]
)
def test_json_comes_in_by_the_name_of_its_host(tmp_path: Path, kind: str) -> None:
    with host(answer(GOOD, kind=kind), tmp_path) as there:
        assert fetcher().json(there.url("/a/did.json?x=1"), MOST) == {"a": 1}
    (asked,) = there.asked
    assert asked.startswith(f"GET /a/did.json?x=1 HTTP/1.1\r\nHost: evc.example:{there.port}\r\n".encode())


def test_content_in_pieces_comes_in_whole(tmp_path: Path) -> None:
    chunked = (
        HEAD
        + b"Transfer-Encoding: chunked\r\n\r\n4\r\n"
        + GOOD[:4]
        + b"\r\n4\r\n"
        + GOOD[4:]
        + b"\r\n0\r\n\r\n"
    )
    with host(raw(chunked), tmp_path) as there:
        assert fetcher().json(there.url(), MOST) == {"a": 1}


def test_the_second_address_is_tried_when_the_first_does_not_answer(tmp_path: Path) -> None:
    with host(answer(GOOD), tmp_path) as there:
        nobody = ipaddress.ip_address("127.0.0.2")
        assert fetcher((nobody, *HOME)).json(there.url(), MOST) == {"a": 1}


ANSWERS: list[tuple[str, Says, FetchFault]] = [
    ("elsewhere", answer(b"", "302 Found", "text/html", "Location: https://127.0.0.1/"), FetchFault.STATUS),
    ("not there", answer(GOOD, "404 Not Found"), FetchFault.STATUS),
    ("a page", answer(b"<html>", kind="text/html"), FetchFault.TYPE),
    ("no kind", raw(b"HTTP/1.1 200 OK\r\n\r\n{}"), FetchFault.TYPE),
    (
        "a bomb, packed",
        answer(gzip.compress(b" " * 50_000_000), "200 OK", "application/json", "Content-Encoding: gzip"),
        FetchFault.TYPE,
    ),
    ("a bomb that does not say so", answer(gzip.compress(b" " * 50_000_000)), FetchFault.CONTENT),
    ("a giant that says so", raw(HEAD + b"Content-Length: 99999999999\r\n\r\n"), FetchFault.TOO_LARGE),
    ("a giant that does not", raw(HEAD + b"\r\n" + b" " * (MOST + 1)), FetchFault.TOO_LARGE),
    (
        "a giant in pieces",
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * 90_000),
        FetchFault.TOO_LARGE,
    ),
    ("a giant head", raw(HEAD + (b"X: " + b"a" * 60_000 + b"\r\n") * 3), FetchFault.TOO_LARGE),
    ("very many lines of head", raw(HEAD + b"X: a\r\n" * 2_000), FetchFault.UNREACHABLE),
    ("half an answer", raw(HEAD + b"Content-Length: 90\r\n\r\n{"), FetchFault.CONTENT),
    ("no HTTP", raw(b"SSH-2.0-OpenSSH_9.2\r\n"), FetchFault.UNREACHABLE),
    ("nothing", raw(b""), FetchFault.UNREACHABLE),
    ("no JSON", answer(b"dag"), FetchFault.CONTENT),
    ("a list", answer(b"[]"), FetchFault.CONTENT),
    ("JSON in JSON", answer(b'{"a":' * 5_000 + b"1" + b"}" * 5_000), FetchFault.CONTENT),
]


@pytest.mark.parametrize(("says", "fault"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_a_bad_answer_is_refused(tmp_path: Path, says: Says, fault: FetchFault) -> None:
    with host(says, tmp_path) as there:
        assert fault_of(there.url(), fetcher()) is fault
        assert len(there.asked) == 1  # and nothing is followed


@pytest.mark.parametrize(
    "says",
    [
        dripping(HEAD + b"\r\n", b" "),
        dripping(HEAD, b"X: a\r\n"),
        dripping(b"", b"H"),
        lambda connection, asked: time.sleep(0.8),
    ],
    ids=["content", "head", "first line", "nothing"],
)
def test_an_answer_that_drips_is_given_up_in_time(tmp_path: Path, says: Says) -> None:
    with host(says, tmp_path) as there:
        assert fault_of(there.url(), fetcher(seconds=0.3)) is FetchFault.TIME


def test_a_host_that_cannot_show_its_name_is_refused(tmp_path: Path) -> None:
    with host(answer(GOOD), tmp_path, name="evc-examp1e.example") as there:
        assert fault_of(there.url(), fetcher(name="evc-examp1e.example")) is FetchFault.CERTIFICATE
        assert fault_of(there.url(), fetcher()) is FetchFault.CERTIFICATE
        assert there.asked == []


def test_nobody_at_home_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert fault_of(f"https://evc.example:{port}/", fetcher()) is FetchFault.UNREACHABLE


# Where it may look.

NO_PLACES = [
    "http://evc.example/did.json",
    "ftp://evc.example/",
    "file:///etc/passwd",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://user:word@evc.example/",
    "https://evc.example@10.0.0.1/",
    "https://evc.example\\@10.0.0.1/",
    "https://evc.example:99999/",
    "https://evc.example:0x50/",
    "https://evc.example/ a",
    "https://evc.example/\r\nHost: x",
    "https://évc.example/é",
    "https:///did.json",
    "",
]


@pytest.mark.parametrize("url", NO_PLACES)
def test_what_is_not_the_name_of_a_host_over_https_is_not_visited(url: str) -> None:
    def never(*_: object) -> tuple[()]:
        raise AssertionError("it was looked up")

    assert fault_of(url, Fetcher(resolve=never)) is FetchFault.ADDRESS  # type: ignore[arg-type]


PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "192.0.0.8",
    "192.88.99.1",
    "168.63.129.16",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_host_with_an_address_that_is_not_public_is_not_visited(address: str) -> None:
    """Also when it has a good one as well: what was looked up once may be looked at otherwise next time."""
    found = (ipaddress.ip_address("93.184.215.14"), ipaddress.ip_address(address))
    getter = Fetcher(resolve=lambda host, port, left: found)
    assert fault_of("https://evc.example/did.json", getter) is FetchFault.PRIVATE


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "2a02:898::1"])
def test_a_public_address_is_one(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_the_name_of_this_machine_leads_nowhere() -> None:
    assert fault_of("https://localhost:8000/did.json", Fetcher()) is FetchFault.PRIVATE


def test_looking_up_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(1) or [])
    with pytest.raises(NotFetched) as found:
        look_up("evc.example", 443, 0.05)
    assert found.value.fault is FetchFault.TIME


def test_a_name_that_nobody_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", none)
    assert fault_of("https://evc.example/", Fetcher()) is FetchFault.NO_HOST


def test_the_port_stands_in_the_request_only_where_it_is_not_the_usual_one() -> None:
    assert read_place("https://EVC.example").authority == "evc.example"
    assert read_place("https://evc.example:8443/a").authority == "evc.example:8443"


# What a certificate is checked with.


def test_each_thing_is_fetched_once_also_when_it_is_not_there() -> None:
    where, listed = "https://evc.example/aanbieder/noord/did.json", dict(status_list("revocation"))
    shelf = Shelf({where: document_of(ISSUER), listed["id"]: listed})
    sources = Sources(shelf)
    for _ in range(3):
        assert sources.issuer(DID) == ISSUER
        assert sources.status_list(listed["id"]) == listed
        assert sources.issuer("did:web:weg.example") is None
        assert sources.status_list("https://weg.example/1") is None
    assert [most for _, most in shelf.asked] == [256 * 1024, 1024 * 1024, 256 * 1024, 1024 * 1024]
    assert set(sources.faults) == {"did:web:weg.example", "https://weg.example/1"}


def test_of_issuers_that_are_not_wanted_nothing_is_fetched() -> None:
    shelf = Shelf({})
    assert Sources(shelf, only=["did:web:ander.example"]).issuer(DID) is None
    assert shelf.asked == []


@pytest.mark.parametrize("did", ["did:key:z6Mk", "did:web:127.0.0.1", "did:web:10.0.0.1%3A80:a", "dag", ""])
def test_an_issuer_that_cannot_be_looked_up_safely_is_not(did: str) -> None:
    shelf = Shelf({})
    assert Sources(shelf).issuer(did) is None
    assert shelf.asked == []


def test_the_document_of_another_is_not_taken() -> None:
    other = json.loads(json.dumps(document_of(ISSUER)).replace("evc.example", "ander.example"))
    sources = Sources(Shelf({"https://evc.example/aanbieder/noord/did.json": other}))
    assert sources.issuer(DID) is None
    assert sources.faults[DID].fault is FetchFault.CONTENT


def test_very_many_hosts_are_not_all_visited() -> None:
    shelf = Shelf({})
    sources = Sources(shelf)
    for number in range(MOST_FETCHED + 5):
        sources.issuer(f"did:web:h{number}.example")
    assert len(shelf.asked) == MOST_FETCHED
