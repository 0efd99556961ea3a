"""The table of formats: what it names exists, and what a file is follows from its content."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from bekwaam.frameworks.document import to_document
from bekwaam.frameworks.exchange.formats import FORMATS, recognised
from bekwaam.frameworks.exchange.lossless import MAX_BYTES, read_document, write_document
from bekwaam.frameworks.library import builtin_ids, builtin_versions, load_builtin
from tests.frameworks.exchange.sheets import xlsx

EVERY = [(i, version) for i in builtin_ids() for version in builtin_versions(i)]
READABLE = [name for name, one in FORMATS.items() if one.reader]
SMALL = "wmo-competenties"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_and_is_recognised_where_it_can_be_read(name: str) -> None:
    framework = load_builtin(SMALL)
    data = FORMATS[name].write(framework, language="en", base_url="https://a.example", crosswalks=())
    assert isinstance(data, bytes)
    assert data == FORMATS[name].write(framework, language="en", base_url="https://a.example")
    if name in READABLE:
        assert recognised(data) is FORMATS[name]


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize(("identifier", "version"), EVERY)
def test_there_and_back_is_the_same(identifier: str, version: str, name: str) -> None:
    framework = load_builtin(identifier, version)
    reading = FORMATS[name].read(FORMATS[name].write(framework), f"bestand{FORMATS[name].suffix}")
    assert reading.usable
    assert reading.framework == framework


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (xlsx(["a"]), "x.json", "xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.xls", "xlsx"),
        (b"Code;Soort\n", "x.csv", "xlsx"),
        (b'{"CFDocument": {}}', "x.xlsx", "case"),
        ('{"CFDocument": {}}'.encode("utf-16"), "x.json", "case"),
        (b'\xef\xbb\xbf {"een": 1}', "x", "case"),
        (b"id: pack\n", "pack.yaml", None),
        (b"", "x", None),
    ],
)
def test_a_file_is_recognised_by_its_content(data: bytes, name: str, expected: str | None) -> None:
    found = recognised(data, name)
    assert (found.name if found else None) == expected


def test_the_table_loads_none_of_the_formats() -> None:
    code = (
        "import sys; import bekwaam.frameworks.exchange.formats;"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'openpyxl', 'rdflib', 'django', 'csv'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def document(**changes: Any) -> dict[str, Any]:
    return to_document(load_builtin("evc-sociaal-werker-mbo")) | changes


DEEP: dict[str, Any] = {"kind": "count", "of": "competence", "at_least": 1}
for _ in range(30):
    DEEP = {"kind": "all_of", "rules": [DEEP]}

MISFITS: list[tuple[Any, str]] = [
    ([], "{"),
    ({}, "id"),
    (document(extra=1), "extra"),
    (document(id=5), "id"),
    (document(title={"nl": "a"}), "title.en"),
    (document(title={"nl": "a", "en": 1}), "title.en"),
    (document(eqf="4"), "eqf"),
    (document(eqf=True), "eqf"),
    (document(includes="a"), "includes"),
    (document(documents={"004": "a"}), "documents.004"),
    (document(items=[{}]), "items.0.code"),
    (document(items=[7]), "items.0"),
    (document(stages={}), "stages"),
    (document(rule={"kind": "sum"}), "rule"),
    (document(rule={"kind": ["count"]}), "rule"),
    (document(rule={"kind": "count", "of": "competence", "at_least": "17"}), "rule.at_least"),
    (document(rule={"kind": "any_of", "rules": [{"kind": "share", "of": 3, "percent": 1}]}),
     "rule.rules.0.of"),
    (document(rule=DEEP), ".".join(["rule", *["rules.0"] * 21])),
]  # fmt: skip


@pytest.mark.parametrize(("value", "place"), MISFITS, ids=[place for _, place in MISFITS])
def test_a_document_of_another_shape_is_refused_with_the_place(value: Any, place: str) -> None:
    reading = read_document(json.dumps(value).encode(), "x.json")
    assert reading.framework is None
    (fault,) = reading.faults
    assert fault.reason == "other_shape"
    assert fault.values["place"] == place
    assert fault.text("nl") != fault.text("en")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "syntax"),
        (b"[" * 100_000, "syntax"),
        (b"\xff{", "not_utf8"),
        (b" " * (MAX_BYTES + 1), "too_large"),
        (json.dumps(document(items=document()["items"][:1] * 50_001)).encode(), "too_many"),
    ],
    ids=["cut", "deep", "coding", "large", "many"],
)
def test_a_file_that_is_no_document_is_refused(data: bytes, reason: str) -> None:
    reading = read_document(data, "x.json")
    assert reading.framework is None
    assert [fault.reason for fault in reading.faults] == [reason]


def test_a_document_with_faults_gives_what_is_sound() -> None:
    framework = load_builtin(SMALL)
    spoilt = to_document(framework)
    spoilt["items"][0]["code"] = "een twee"
    reading = read_document(json.dumps(spoilt).encode(), "x.json")
    assert [fault.reason for fault in reading.faults] == ["odd_code"]
    assert reading.framework is not None
    assert len(reading.framework.items) == len(framework.items)


def test_a_written_document_can_be_read_by_people() -> None:
    data = write_document(load_builtin(SMALL))
    assert data.endswith(b"}\n")
    assert "één".encode() in data
