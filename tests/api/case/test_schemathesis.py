"""The endpoints tried against two descriptions: the official one, and the one that we give ourselves.

Each is tried with what it allows and with what it does not, over the WSGI application: a bounded number of
requests, the same ones every time.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.specs.openapi.checks import positive_data_acceptance

from bekwaam.api.case.description import description
from bekwaam.config.wsgi import application
from bekwaam.frameworks.exchange.case import to_package
from bekwaam.frameworks.library import load_builtin
from tests.api.case.conftest import BASE, PATH
from tests.api.case.official import openapi

pytestmark = [pytest.mark.database, pytest.mark.django_db]
load_all_checks()

_SETTINGS = settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def _aimed(told: dict[str, Any]) -> dict[str, Any]:
    """Return a description in which identifiers are those of things that are there, or anything else."""
    package = to_package(load_builtin("leefgebieden-sociaal-werk"))
    listed = {
        **package["CFDefinitions"],
        **{name: package[name] for name in ("CFItems", "CFAssociations", "CFRubrics")},
    }
    known = {name: [one["identifier"] for one in values[:3]] for name, values in listed.items()}
    known |= {name: [package["CFDocument"]["identifier"]] for name in ("CFDocuments", "CFPackages")}
    known["CFItemAssociations"] = known["CFItems"]
    aimed = copy.deepcopy(told)
    aimed["servers"] = [{"url": f"{BASE}{PATH}"}]
    for path, operations in aimed["paths"].items():
        found = known.get(path.split("/")[1])
        for parameter in operations["get"]["parameters"]:
            if parameter["name"] == "sourcedId" and found:
                parameter["schema"] = {"anyOf": [{"type": "string", "enum": found}, {"type": "string"}]}
    return aimed


def _schema(told: dict[str, Any]) -> Any:
    schema = schemathesis.openapi.from_dict(_aimed(told))
    schema.app = application
    return schema


def paths() -> list[str]:
    """Return the endpoints that both descriptions have."""
    return list(description(f"{BASE}{PATH}")["paths"])


def test_both_descriptions_have_the_same_endpoints() -> None:
    assert set(openapi()["paths"]) == set(paths())


@pytest.fixture
def at_work(published: None, settings: Any) -> Iterator[None]:
    """Let the application answer beside the test, in the test's own transaction."""
    settings.ALLOWED_HOSTS = ["*"]
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def official(at_work: None) -> Any:
    """Return the official description, as something to try us by."""
    return _schema(openapi())


@pytest.fixture
def own(at_work: None) -> Any:
    """Return the description that we give ourselves, as something to try us by."""
    return _schema(description(f"{BASE}{PATH}"))


@pytest.mark.parametrize("path", sorted(paths()))
def test_nothing_is_found_against_the_official_description(official: Any, path: str) -> None:
    _try(
        official[path]["GET"], lambda case: case.call_and_validate(excluded_checks=[positive_data_acceptance])
    )


@pytest.mark.parametrize("path", sorted(paths()))
def test_nothing_is_found_against_our_own_description(own: Any, path: str) -> None:
    def check(case: schemathesis.Case) -> None:
        # What a filter looks like cannot be told in a schema.
        excluded = [positive_data_acceptance] if "filter" in (case.query or {}) else []
        case.call_and_validate(excluded_checks=excluded)

    _try(own[path]["GET"], check)


def _try(operation: Any, check: Callable[[schemathesis.Case], None]) -> None:
    """Run what schemathesis thinks of for one operation: values at the edges first, then anything."""

    def test(case: schemathesis.Case) -> None:
        check(case)

    modes = [HypothesisTestMode.EXAMPLES, HypothesisTestMode.COVERAGE, HypothesisTestMode.FUZZING]
    told = HypothesisTestConfig(project=operation.schema.config, modes=modes, settings=_SETTINGS, seed=1)
    create_test(operation=operation, test_func=test, config=told)()
