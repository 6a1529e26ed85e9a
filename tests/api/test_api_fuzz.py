"""Whatever anybody sends, allowed or not: each operation answers as its description says, and whom it may.
How often, and of what: tests/api/fuzzing.py.
"""

import asyncio
from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import Any, Final
from uuid import uuid4

import pytest

from api.actions import ACTION_OF
from policy.facts.base import Role
from policy.permissions import ABOUT_A_CASE, Action, Relation, may, may_record
from runtime.tokens import issue_link
from tests.api.fuzzing import EXAMPLES, Case, Operation, Session, kept_open, made_up, operations, wrong_with
from tests.api.product import Product
from tests.api.test_api_agency_links import THEN, link, sent
from tests.api.test_api_case_reviews import asked
from tests.api.test_api_legal_actions import proposed
from tests.api.test_api_permissions import CALLERS, FILES, beside, case_of, refused_as
from tests.api.test_api_referrals import referred
from tests.store.a_focus_area import focus_area

pytestmark = pytest.mark.timeout(7200)

SHOWN, SHUT = "CW-2019-000001", "CW-2019-000002"
ASKS = {
    "/case-reviews/published": {"district": "canterbury", "year": 2021},
    "/case-reviews/counts": {"district": "canterbury", "first": "2021-01-01", "last": "2021-12-31"},
}
"""What no chance would find."""

Known = Mapping[str, Mapping[str, str]]
"""By noun, what stands in the places of its paths where there is such a thing."""


def route_of(operation: Operation) -> tuple[str, str]:
    return operation.method.upper(), operation.path.removeprefix("/api")


def known_to(path: str, known: Known) -> Mapping[str, str]:
    """Nothing for the stream, which never ends. (tests/api/test_api_stream.py)"""
    return {} if path.endswith("/stream") else known.get(path.split("/")[1], {})


def wrong_for(
    product: Product, session: Session, case: Case, role: Role | None, *, refuses: bool = False
) -> Iterator[str]:
    """What is wrong with what this caller is answered. Where it `refuses`, it does so whatever was sent. Without a
    worker there is no engine either, and then it may say so.
    """
    who = product.as_(role, f"{role}-8").headers() if role else {}
    told = case.call(product.base, session=session, headers=who | {"Idempotency-Key": str(uuid4())})
    label = f"{case.operation.label} as {role or 'nobody'}"
    if wrong := wrong_with(case, told, away=product.mailbox is None):
        yield f"{label}: {wrong}"
    if refuses and told.status_code not in {401, 403}:
        yield f"{label} is let in: {told.status_code}"
    said = case.body.get("fact") if isinstance(case.body, dict) else None
    by = Role.AGENCY if "/answers/" in case.path else role or Role.RESIDENT
    if said and told.status_code in {201, 202} and not may_record(by, said):
        yield f"{label} records {said}"


def refuses(role: Role | None, action: Action, relation: Relation | None) -> bool:
    """Relation is None for a case that there is not: then it refuses whoever may do it on none."""
    if action is Action.ANSWER_BY_LINK:
        return False
    about = [relation] if relation else list(Relation)
    return all(refused_as(role, action, one) is not None for one in about)


LAST: Final = (Action.TAKE_EMERGENCY_ACCESS, Action.CHANGE_ACCESS)
"""They change who may do what, so everything else is asked before, and these then in this order. Who may change
it after a change is for `test_api_permissions`, which begins anew with each case.
"""


def asked_last(operation: Any) -> int:
    action = ACTION_OF[route_of(operation)]
    return LAST.index(action) + 1 if action in LAST else 0


def names_of(known: Mapping[str, str], case: Case) -> list[str]:
    """Of the places in its path that hold what is known."""
    return [name for name, told in case.path_parameters.items() if told == known.get(name)]


def as_everybody(
    door: Product, session: Session, described: dict[str, Any], of: Mapping[Relation, Known]
) -> Iterator[str]:
    """What was made up about one case is asked about the next; what is about none is asked once."""
    for operation in sorted(operations(described), key=asked_last):
        method, path = route_of(operation)
        action = ACTION_OF[method, path]
        first = known_to(path, of[Relation.OTHERS])
        made = [
            (case, case.path_parameters.get("ref") == first.get("ref"), names_of(first, case))
            for case in made_up(operation, first, ASKS.get(path))
        ]
        for relation in of if action in ABOUT_A_CASE else (Relation.OTHERS,):
            known = known_to(path, of[relation])
            for case, there, names in made:
                if there:
                    case.path_parameters = case.path_parameters | {name: known[name] for name in names}
                elif relation is not Relation.OTHERS:
                    continue
                about = Relation.NO_CASE if action not in ABOUT_A_CASE else relation if there else None
                for role in CALLERS:
                    shut = action is not Action.CHANGE_ACCESS and refuses(role, action, about)
                    yield from wrong_for(door, session, case, role, refuses=shut)


async def things(door: Product) -> dict[str, dict[str, str]]:
    """Whatever is beside cases, each made of the example in the description."""
    described = (await door.http.get("/api/openapi.json")).json()["paths"]

    async def made(noun: str, **more: Any) -> str:
        examples = described[f"/api/{noun}"]["post"]["requestBody"]["content"]["application/json"]["examples"]
        answer = await door.officer.post(f"/api/{noun}", next(iter(examples.values()))["value"] | more)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    person = await made("people")
    letter = {"id_": str(uuid4())}
    household = {"people": [{"person": person, "place": "tenant"}], "reference": None}
    return {
        "people": {"id_": person},
        "tenancies": {"id_": await made("tenancies", **household)},
        "places": {"id_": await made("places"), "finding": f"{uuid4()}-1"},
        "prevention": {"id_": await made("prevention")},
        "focus-areas": {"id_": await focus_area(door.records, THEN)},
        "lists": {"name": "agencies"},
        "guidance": {"category": "noise"},
        "cases": letter,
    }


async def test_without_an_engine_every_operation_answers_everybody_as_it_says(door: Product) -> None:
    described = (await door.http.get("/api/openapi.json")).json()
    others = await things(door)
    others["answers"] = {"link": link(door, await sent(door)).rpartition("/")[2]}
    of: dict[Relation, Known] = {}
    for ref, relation in ((SHOWN, Relation.OTHERS), (SHUT, Relation.RESTRICTED)):
        await case_of(door.records, "somebody-else", relation, ref)
        nouns = {noun: {"ref": beside(ref, noun)} for noun in FILES}
        of[relation] = others | nouns | {"cases": others["cases"] | {"ref": ref}}
    with kept_open() as session:
        found = await asyncio.to_thread(lambda: sorted(set(as_everybody(door, session, described, of))))
    assert not found, "\n".join(found)


def as_who_may(product: Product, session: Session, described: dict[str, Any], known: Known) -> Iterator[str]:
    """What the engine has a part in, as those in turn who may do it on a case of their team's."""
    for operation in operations(described):
        method, path = route_of(operation)
        action = ACTION_OF[method, path]
        if method == "GET" and not path.endswith("/live"):
            continue
        where = Relation.TEAM if action in ABOUT_A_CASE else Relation.NO_CASE
        may_do_it = cycle([role for role in CALLERS if may(role or Role.RESIDENT, action, where)] or [None])
        for case in made_up(operation, known_to(path, known), examples=4 * EXAMPLES):
            yield from wrong_for(product, session, case, next(may_do_it))


async def test_with_an_engine_what_is_recorded_and_asked_of_it_answers_as_it_says(product: Product) -> None:
    described = (await product.http.get("/api/openapi.json")).json()
    case, action = await proposed(product)
    _, referral = await referred(product)
    known = await things(product) | {
        "cases": {"ref": case},
        "legal-actions": {"ref": action},
        "referrals": {"ref": referral},
        "case-reviews": {"ref": await asked(product, case)},
        "answers": {"link": issue_link(product.settings, referral, "education", THEN)},
    }
    with kept_open() as session:
        found = await asyncio.to_thread(lambda: sorted(set(as_who_may(product, session, described, known))))
    assert not found, "\n".join(found)
