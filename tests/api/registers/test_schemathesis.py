"""The interface for registers tried against its own description, with what it allows and what it does not."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

from bekwaam.api.registers.views import api
from bekwaam.config.wsgi import application

pytestmark = [pytest.mark.database, pytest.mark.django_db]
load_all_checks()
SETTINGS = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
OPERATIONS = ("certificate", "certificates", "check")


def _schema() -> Any:
    told = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    schema = schemathesis.openapi.from_dict(told)
    schema.app = application
    return schema


@pytest.mark.parametrize("name", OPERATIONS)
def test_it_answers_as_it_is_described(name: str, settings: Any) -> None:
    settings.VISITOR_LIMITS = {}
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    (operation,) = [
        result.ok()
        for result in _schema().get_all_operations()
        if result.ok().definition.raw["operationId"] == name
    ]

    def ask(case: schemathesis.Case) -> None:
        # A number may be unknown, and a file may be anything: neither is a fault of the question.
        excluded = [positive_data_acceptance, unsupported_method]
        if name == "check":
            excluded.append(negative_data_rejection)
        case.call_and_validate(excluded_checks=excluded)

    modes = [HypothesisTestMode.COVERAGE, HypothesisTestMode.FUZZING]
    told = HypothesisTestConfig(project=operation.schema.config, modes=modes, settings=SETTINGS, seed=1)
    try:
        create_test(operation=operation, test_func=ask, config=told)()
    finally:
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)
