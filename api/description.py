"""The OpenAPI description: FastAPI's own, with what is read at our border rather than by FastAPI put right."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api import problems
from api.actions import ACTION_OF
from api.case_reviews import WE_SAY
from api.failing import failures
from policy.case_review.facts import REVIEW_FACT_TYPES
from policy.facts import Role
from policy.permissions import Action, may

_SCHEMES: Final = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "As made by `casework token`, or the provider's access token",
    },
    "signed_in": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-casework",
        "description": "A browser's, from /sign-in; what is not a GET must come from a page of our own",
    },
}
_ANYBODY: Final = {
    (method.lower(), path)
    for (method, path), action in ACTION_OF.items()
    if may(Role.RESIDENT, action) or action is Action.ANSWER_BY_LINK
}


class TwoOfOneName(LookupError):
    """Two schemas are called the same, so that one of them would be described as the other."""


def describe(app: FastAPI) -> dict[str, Any]:
    """Made once. Raises TwoOfOneName."""
    if app.openapi_schema is None:
        app.openapi_schema = _description(app)
    return app.openapi_schema


def _description(app: FastAPI) -> dict[str, Any]:
    schema: dict[str, Any] = get_openapi(
        title=app.title, version=app.version, summary=app.summary, routes=app.routes
    )
    components = schema.setdefault("components", {})
    components["securitySchemes"] = _SCHEMES
    named = components.setdefault("schemas", {})
    _name(named, _problem())
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _name(named, _lifted(operation))
            _put_right((method, path.removeprefix("/api")), operation)
    return schema


def _problem() -> dict[str, Any]:
    schema = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs", {}), "Problem": schema}


def _lifted(operation: dict[str, Any]) -> dict[str, Any]:
    """The schemas that its body refers to, which are taken out of it."""
    content = operation.get("requestBody", {}).get("content", {})
    found: dict[str, Any] = content.get("application/json", {}).get("schema", {}).pop("$defs", {})
    for kind in REVIEW_FACT_TYPES.values():
        if told := found.get(kind.__name__):
            told["properties"] = {key: one for key, one in told["properties"].items() if key not in WE_SAY}
    for definition in found.values():
        if "fact" in definition.get("properties", {}):
            definition["required"] = ["fact", *definition.get("required", [])]
    return found


def _name(named: dict[str, Any], more: dict[str, Any]) -> None:
    for name, schema in more.items():
        if _outline(named.get(name, schema)) != _outline(schema):
            raise TwoOfOneName(name)
    named |= more


def _outline(schema: dict[str, Any]) -> tuple[object, ...]:
    """What says whether two are the same but for how they are told."""
    return schema.get("type"), schema.get("enum"), schema.get("const"), sorted(schema.get("properties", ()))


def _put_right(route: tuple[str, str], operation: dict[str, Any]) -> None:
    """The token is a security scheme and no parameter, the key is needed, and every failure is a problem."""
    parameters = [p for p in operation.get("parameters", []) if p["name"] != "authorization"]
    for parameter in parameters:
        if parameter["name"] == "idempotency-key":
            parameter["required"] = True
    operation["parameters"] = parameters
    either: list[dict[str, list[str]]] = [{name: []} for name in _SCHEMES]
    method, path = route
    operation["security"] = [{}, *either] if route in _ANYBODY else either
    operation["responses"] = _successes(operation) | failures(method.upper(), path, operation)


def _successes(operation: dict[str, Any]) -> dict[str, Any]:
    return {status: one for status, one in operation["responses"].items() if status.startswith("2")}
