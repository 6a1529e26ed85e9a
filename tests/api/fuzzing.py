"""Schemathesis on our own description: what it makes up for an operation, and what is wrong with an answer."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.transport.requests import ManagedCookiesSession

EXAMPLES: Final = int(os.environ.get("CASEWORK_EXAMPLES", "0")) // 100 or 2
"""Of each kind for each operation, each of them sent under every role."""

_ALLOWED, _NOT_ALLOWED = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
_CONFORMS: Final = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

Session = ManagedCookiesSession
Operation = schemathesis.APIOperation[Any, Any, Any, Any]
Case = schemathesis.Case


def operations(described: dict[str, Any]) -> Iterator[Operation]:
    """As if the description said nothing of other failures: each status has to stand there by its number."""
    paths = {
        path: {verb: _by_number(one) for verb, one in item.items()} for path, item in described["paths"].items()
    }
    for found in schemathesis.openapi.from_dict(described | {"paths": paths}).get_all_operations():
        yield found.ok()


def _by_number(operation: dict[str, Any]) -> dict[str, Any]:
    return operation | {"responses": {k: v for k, v in operation["responses"].items() if k != "default"}}


def made_up(
    operation: Operation, known: Mapping[str, str], asks: dict[str, Any] | None = None, examples: int = EXAMPLES
) -> list[Case]:
    """What the description allows and what it does not, about things that there are; then about any others."""
    real = {one.name: known[one.name] for one in operation.path_parameters if one.name in known}
    found: list[Case] = []
    for mode, places, query in ((_ALLOWED, real, asks), (_NOT_ALLOWED, real, None), (_ALLOWED, {}, None)):

        @hypothesis_settings(
            max_examples=examples,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(mode, path_parameters=places or None, query=query))
        def taken(case: Case) -> None:
            found.append(case)

        with suppress(Unsatisfiable):  # as there is nothing that an operation without parameters does not allow
            taken()
    return found


def kept_open() -> ManagedCookiesSession:
    """A connection that carries no cookie from one answer to the next request."""
    session = ManagedCookiesSession()
    session.trust_env = False  # the machine's proxies are looked up for each request
    return session


def wrong_with(case: Case, told: Any, *, away: bool) -> str | None:
    """In one line, or None. `away` is where there is no engine, so that 503 is no fault."""
    checks = list(_CONFORMS)
    if not (away and told.status_code == 503):
        checks.append(not_a_server_error)
    try:
        case.validate_response(told, checks=checks)
    except FailureGroup as group:
        return "; ".join(sorted({f"{one.title}: {one.message}" for one in group.exceptions}))
    return None
