"""Recording a fact on a case."""

from http import HTTPStatus
from typing import Annotated, Any, Final, Union

import structlog
from fastapi import APIRouter, Response
from pydantic import Field

from api.border import Body, Key, Ref, schema_of, taken_in
from api.both import asked_of_both, may_be_given, nothing_runs_it
from api.evidence_named import files_are_free
from api.identity import forbidden
from api.naming import nobody_is_named
from api.permission import How, Who, also_on, only_help
from api.problems import (
    case_not_found,
    engine_away,
    key_used_for_another_body,
    not_a_fact,
    problem,
    refused,
)
from api.recognising import recognised
from api.resources import Needs, Resources
from api.waiting import until_recorded
from policy.across import TELLING
from policy.facts import FACT_TYPES, CaseFact, Entry, Fact
from policy.facts.base import Role
from policy.facts.joining import CaseJoined
from policy.facts.linking import CasesUnlinked
from policy.frozen import Frozen
from policy.permissions import MAY_RECORD, Relation, also_in, may_record
from policy.refusals import CaseIsClosed
from policy.working_days import moment_in_words
from store import cases
from store.told_before import told_before
from workflows.case_door import CaseFaulty, CaseNotRunning, EngineAway, OutcomeUnknown

log = structlog.get_logger()
routes = APIRouter(tags=["facts"])

_ELSEWHERE: Final = {
    "report_received": "POST /api/reports",
    "incident_reported": "POST /api/cases/{ref}/incidents",
    "cases_linked": "POST /api/cases/{ref}/links",
}

_OURS: Final = frozenset({"earlier"})
"""What no client says."""

_EXAMPLES: Final[dict[str, Any]] = {
    "contact": {
        "value": {"fact": "contact_made", "means": "phone", "words": "Spoke at 10:40. Agreed a weekly call."}
    },
    "assessment": {
        "value": {
            "fact": "assessed",
            "seriousness": "ordinary",
            "categories": ["noise"],
            "limb": "b",
            "reasons": "Loud music most nights; it keeps the household awake.",
        }
    },
}


RECORDED_HERE: Final = {
    name: kind
    for name, kind in FACT_TYPES.items()
    if name not in _ELSEWHERE and MAY_RECORD[name] != frozenset({Role.SYSTEM})
}
_BODY: Final[Any] = Annotated[Union[tuple(RECORDED_HERE.values())], Field(discriminator="fact")]  # noqa: UP007 - made from a table


class Recorded(Frozen):
    """`recorded` is False while the engine has the fact and the store is about to."""

    ref: str
    seq: int
    fact_id: str
    recorded: bool


@routes.post(
    "/cases/{ref}/facts",
    summary="Record what happened on a case",
    status_code=HTTPStatus.CREATED,
    responses={202: {"model": Recorded, "description": "Safe in the engine; the timeline will have it shortly"}},
    openapi_extra=schema_of(_BODY, _EXAMPLES),
)
async def record(ref: Ref, body: Body, key: Key, who: Who, how: How, needs: Needs, response: Response) -> Recorded:
    """201 when it stands in the timeline; 409 with row and what is missing when the policy refuses it; 403 where
    the role may not record it.
    """
    _may(who.role, body)
    entry = taken_in(CaseFact, body, key, who.actor)
    fits(how, entry.fact)
    if isinstance(entry.fact, CaseJoined | CasesUnlinked):
        await also_on(needs, who, entry.fact.into if isinstance(entry.fact, CaseJoined) else entry.fact.other)
    return await recorded(needs, ref, entry, response)


def fits(how: Relation | None, fact: Fact) -> None:
    """Raises 403 for what is not for who sees the case in an emergency alone."""
    if not also_in(how, fact.fact):
        raise only_help()


async def recorded(needs: Resources, ref: str, entry: Entry, response: Response) -> Recorded:
    """Also at once for the other case that the fact concerns; the relay sees to it where that fails."""
    key = entry.id
    known, reported = await told_before(needs.everything, ref, key)
    if reported:  # also one that its case does not have yet, and would take for told already
        raise key_used_for_another_body()
    if known is not None:
        if known.digest != entry.digest:
            raise key_used_for_another_body()
        return _answer(response, ref, known.seq, key, recorded=True)
    entry = await as_it_would_be_recorded(needs, ref, entry)
    await nothing_runs_it(needs.door, ref, entry)
    with needs.notices.about(ref) as told:
        seq = await _taken_by_engine(needs, ref, entry)
        in_store = await until_recorded(needs.everything, ref, seq, told, entry.id)
    log.info("fact_taken", case=ref, key=key, fact=entry.fact.fact, seq=seq, recorded=in_store)
    if in_store and type(entry.fact) in TELLING:
        await _told_elsewhere(needs, entry)
    return _answer(response, ref, seq, key, recorded=in_store)


async def as_it_would_be_recorded(needs: Resources, ref: str, entry: Entry) -> Entry:
    """With what only the store knows. Raises what recording it would, but for what the case itself refuses."""
    entry = await recognised(needs, ref, entry)
    await nobody_is_named(needs.everything, ref, entry)
    await may_be_given(needs.everything, ref, entry, needs.settings.groups)
    await files_are_free(needs, ref, entry)
    return await asked_of_both(needs.everything, ref, entry)


async def _told_elsewhere(needs: Resources, entry: Entry) -> None:
    try:
        await needs.intake.carry_what_follows(entry.id)
    except (EngineAway, OutcomeUnknown, CaseFaulty) as away:
        log.warning("other_case_waits_for_engine", why=type(away).__name__)


def _may(role: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - a Role
    """Raises 403, and 422 for a fact that is not known or is recorded elsewhere."""
    name = body.get("fact")
    if not isinstance(name, str) or name not in FACT_TYPES:
        raise not_a_fact(name, sorted(RECORDED_HERE))
    if name in _ELSEWHERE:
        detail = f"This is recorded with {_ELSEWHERE[name]}."
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "recorded-elsewhere", detail)
    if _OURS & body.keys():
        raise problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "`earlier` is counted by us: leave it out."
        )
    if not may_record(role, name):
        raise forbidden(f'Recording "{name.replace("_", " ")}" is not for the role {role}.')


async def _taken_by_engine(needs: Resources, ref: str, entry: Entry) -> int:
    """The store is asked about the case only where the engine could not take the fact."""
    try:
        receipt = await needs.door.record(ref, entry)
    except (CaseNotRunning, EngineAway):
        async with needs.everything.reading() as db:
            file = await cases.file_of(db, ref)
        if file is None:
            raise case_not_found(ref) from None
        if file.closed_at is None:
            raise engine_away() from None
        sentence = f"The case was closed on {moment_in_words(file.closed_at)}."
        raise refused(CaseIsClosed(sentence).refusal) from None
    if receipt.digest != entry.digest:  # the engine answers an id that it knows without asking the case
        raise key_used_for_another_body()
    return receipt.seq


def _answer(response: Response, ref: str, seq: int, key: str, *, recorded: bool) -> Recorded:
    response.status_code = HTTPStatus.CREATED if recorded else HTTPStatus.ACCEPTED
    response.headers["Location"] = f"/api/cases/{ref}/timeline?after={seq - 1}&limit=1"
    return Recorded(ref=ref, seq=seq, fact_id=key, recorded=recorded)
