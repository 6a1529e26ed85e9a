"""The OpenAPI description: FastAPI's own, with what is read at our border rather than by FastAPI put right."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api import problems
from api.actions import ACTION_OF
from api.border import definitions_of
from api.case_reviews import WE_SAY
from policy.case_review.facts import REVIEW_FACT_TYPES, ReviewFact
from policy.facts import CaseFact, Role
from policy.journal import BesideFact
from policy.legal_action.facts import LegalFact
from policy.lettings import Question
from policy.permissions import Action, may
from policy.referral.facts import ReferralFact
from store.people import Moved, PersonTold
from store.similar import Draft
from store.tenancies import TenancyTold

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
_FAILURE: Final = {
    "description": "A problem (RFC 9457)",
    "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}

_TOO_MANY: Final = _FAILURE | {
    "description": "Asked too often: a problem that says what else can be done",
    "headers": {"Retry-After": {"description": "In how many seconds to try again", "schema": {"type": "integer"}}},
}


def describe(app: FastAPI) -> dict[str, Any]:
    """Made once."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        components = schema.setdefault("components", {})
        components["securitySchemes"] = _SCHEMES
        components.setdefault("schemas", {}).update(_named_schemas())
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                _put_right((method, path.removeprefix("/api")), operation)
        app.openapi_schema = schema
    return app.openapi_schema


def _named_schemas() -> dict[str, Any]:
    facts = (CaseFact, LegalFact, ReferralFact, ReviewFact, BesideFact)
    told = (Question, PersonTold, Moved, TenancyTold, Draft)
    named = definitions_of(*facts, *told, problems.Problem)
    for kind in REVIEW_FACT_TYPES.values():
        properties = named[kind.__name__]["properties"]
        named[kind.__name__]["properties"] = {key: one for key, one in properties.items() if key not in WE_SAY}
    for definition in named.values():
        if "fact" in definition.get("properties", {}):
            definition["required"] = ["fact", *definition.get("required", [])]
    problem = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    problem.pop("$defs", None)
    return named | {"Problem": problem}


def _put_right(route: tuple[str, str], operation: dict[str, Any]) -> None:
    """The token is a security scheme and no parameter, the key is needed, and every failure is a problem."""
    parameters = [p for p in operation.get("parameters", []) if p["name"] != "authorization"]
    for parameter in parameters:
        if parameter["name"] == "idempotency-key":
            parameter["required"] = True
    operation["parameters"] = parameters
    either: list[dict[str, list[str]]] = [{name: []} for name in _SCHEMES]
    operation["security"] = [{}, *either] if route in _ANYBODY else either
    operation["responses"].pop("422", None)
    operation["responses"]["default"] = _FAILURE
    if not route[1].startswith("/health") and route[1] != "/metrics":
        operation["responses"]["429"] = _TOO_MANY
