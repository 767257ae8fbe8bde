"""The HTTP API under what nobody would ask, made from its own description."""

from __future__ import annotations

import json
import threading

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette

from lpipgeo.api.openapi import describe_api
from lpipgeo.server import routes
from tests.example_counts import examples

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
PATIENCE = 120  # seconds; the first answer reads much, on a busy machine too


@pytest.fixture(scope="module")
def address():
    config = uvicorn.Config(Starlette(routes=routes()), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


schema = schemathesis.openapi.from_dict(describe_api())


@schema.parametrize()
@settings(
    max_examples=examples(5),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_is_described(case, address):
    response = case.call(base_url=address, timeout=PATIENCE)
    case.validate_response(response, checks=CHECKS)
    if response.status_code == 400:
        assert json.loads(response.content)["error"]["message"]
