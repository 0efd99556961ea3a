"""Whatever the bytes are: a reading and no traceback; and what was read is stable and valid from then on."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekwaam.frameworks.document import from_document, to_document
from bekwaam.frameworks.exchange.case import read_case, read_case_crosswalk, to_package, write_case
from bekwaam.frameworks.library import load_builtin
from bekwaam.trust.canonical import canonical_json
from tests.frameworks.exchange.case.material import (
    OUR_SAMPLES,
    association,
    child,
    item,
    package,
    uuid,
    vectors,
)

_RUBRIC = {
    "identifier": uuid(900),
    "uri": "https://elders.example/r",
    "title": "Rubriek",
    "lastChangeDateTime": "2020-01-01T00:00:00Z",
    "CFRubricCriteria": [
        {
            "identifier": uuid(901),
            "uri": "https://elders.example/c",
            "lastChangeDateTime": "2020-01-01T00:00:00Z",
            "CFItemURI": {"title": "x", "identifier": uuid(2), "uri": "https://elders.example/2"},
            "CFRubricCriterionLevels": [
                {
                    "identifier": uuid(902 + rank),
                    "uri": "https://elders.example/l",
                    "lastChangeDateTime": "2020-01-01T00:00:00Z",
                    "quality": quality,
                    "score": rank,
                    "description": f"Doet het {quality}",
                }
                for rank, quality in enumerate(("begin", "midden", "eind"))
            ],
        }
    ],
}
_THEIRS = json.loads(
    package(
        [
            item(1, CFItemType="Cluster", alternativeLabel="anders", eigen={"a": 1}),
            item(2, CFItemType="Competence", abbreviatedStatement="Kort"),
            item(3, fullStatement="<p>Een <b>vette</b> tekst</p>", humanCodingScheme="K/3 x"),
            item(4, conceptKeywords=["a"], notes="n"),
        ],
        [
            child(1, None, sequenceNumber=2),
            child(2, 1),
            child(3, None, sequenceNumber=1),
            association(4, 2, "isRelatedTo"),
            association(3, 4, "isTaughtBy"),
        ],
        CFDefinitions={"CFConcepts": [{"title": "Begrip", "keywords": "k"}]},
        CFRubrics=[_RUBRIC],
        eigenlijk=[1, 2],
    )
)
_OURS = to_package(load_builtin("wmo-competenties", "kaart"))
_STAGED = to_package(load_builtin("leefgebieden-sociaal-werk"))
_SEEDS = [_THEIRS, _OURS, _STAGED] + [
    json.loads(path.read_bytes()) for path in sorted(OUR_SAMPLES.glob("*.json"))
]

_leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(
        [
            uuid(1),
            uuid(2),
            "isChildOf",
            "ext:x",
            "<b>",
            "&lt;i&gt;",
            "2020-01-01",
            "2020-13-45",
            "1.1",
            "C1",
            "",
        ]
    )
)
anything = st.recursive(
    _leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["identifier", "uri", "extensions", "bekwaam", "kind", "texts", "title", "en", "unknown"]
            )
            | st.text(max_size=6),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every part of ``value``."""
    found = [here] if here else []
    if isinstance(value, dict):
        for key in value:
            found += places(value[key], (*here, key))
    elif isinstance(value, list):
        for key, part in enumerate(value):
            found += places(part, (*here, key))
    return found


_PLACES = [places(seed) for seed in _SEEDS]


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """Return a real package with some parts replaced, doubled, moved or taken out."""
    number = draw(st.integers(0, len(_SEEDS) - 1))
    value = copy.deepcopy(_SEEDS[number])
    for _ in range(draw(st.integers(1, 6))):
        way = draw(st.sampled_from(_PLACES[number]))
        whole = value
        try:
            for key in way[:-1]:
                whole = whole[key]
            _spoil(draw, whole, way[-1], number)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
    return json.dumps(value, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


def _spoil(draw: st.DrawFn, whole: Any, key: Any, number: int) -> None:
    match draw(st.sampled_from(["replace", "remove", "double", "swap", "add"])):
        case "replace":
            whole[key] = draw(anything)
        case "remove":
            del whole[key]
        case "double" if isinstance(whole, list):
            whole.append(copy.deepcopy(whole[key]))
        case "swap":
            other = draw(st.sampled_from(_PLACES[number]))
            part: Any = _SEEDS[number]
            for step in other:
                part = part[step]
            whole[key] = copy.deepcopy(part)
        case "add" if isinstance(whole, dict):
            whole[draw(st.text(max_size=8))] = draw(anything)


@pytest.fixture(scope="module")
def official() -> jsonschema_rs.Draft201909Validator:
    schema = json.loads((vectors() / "schemas" / "case-v1p1-cfpackage-official.json").read_text("utf-8"))
    return jsonschema_rs.Draft201909Validator(schema, validate_formats=True)


_SETTINGS = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@given(spoiled())
@_SETTINGS
def test_a_spoiled_package_is_read_written_and_read_again(
    official: jsonschema_rs.Draft201909Validator, data: bytes
) -> None:
    reading = read_case(data, "package.json")
    assert all(fault.text("nl") and fault.text("en") for fault in (*reading.faults, *reading.repairs))
    if reading.framework is None:
        assert reading.faults
        return
    canonical_json(to_document(reading.framework))
    assert from_document(to_document(reading.framework)) == reading.framework
    written = write_case(reading.framework)
    assert [
        f"{error.instance_path}: {error.message}" for error in official.iter_errors(json.loads(written))
    ] == []
    again = read_case(written, "package.json")
    assert again.framework == reading.framework
    assert not again.faults
    assert write_case(again.framework) == written
    served = write_case(reading.framework, base_url="https://bekwaam.example")
    assert read_case(served, "package.json").framework == reading.framework


@given(anything.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60))
@_SETTINGS
def test_anything_at_all_gives_a_reading(data: bytes) -> None:
    reading = read_case(data, "package.json")
    assert reading.framework is not None or reading.faults
    assert read_case_crosswalk(data, "package.json").faults


@given(st.dictionaries(st.sampled_from(["CFDocument", "CFItems", "CFAssociations", "CFRubrics"]), anything))
@_SETTINGS
def test_any_content_under_the_right_names_gives_a_reading(value: dict[str, Any]) -> None:
    reading = read_case(json.dumps(value).encode(), "package.json")
    assert reading.framework is not None or reading.faults
