"""To whom a case is open: restrictions, who is admitted, conflicts of interest, and emergency access."""

import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter

from api import paging
from api.border import Body, Key, Ref, noted, schema_of
from api.journal import JournalRecorded, may, named, one_of
from api.paging import Cursor, Limit
from api.permission import By, Who, also_on
from api.problems import case_not_found
from api.resources import Needs, Resources
from gateways.calendar import closure_days
from policy.access import facts
from policy.access.file import AccessFile, Emergency
from policy.deadlines import Deadline
from policy.editions import in_force_on
from policy.facts.base import Role
from policy.frozen import Frozen
from policy.journal import Note
from policy.permissions import Action, Relation
from policy.working_days import london_day
from store import access, journal, sign_ins
from store.access import NoSuchCase, Restriction
from store.cases import Row, row_of
from store.journal import HistoryLine
from store.relations import relation_to

routes = APIRouter(tags=["access"])

RECORDED_HERE: Final = named(
    facts.AccessRestricted,
    facts.RestrictionReviewed,
    facts.AccessOpened,
    facts.StaffAdmitted,
    facts.AdmissionEnded,
    facts.ConflictDeclared,
    facts.ConflictEnded,
    facts.EmergencyAccessReviewed,
)
_FACT: Final = one_of(RECORDED_HERE)
_EXAMPLES: Final[dict[str, Any]] = {
    "restricted": {
        "value": {
            "fact": "access_restricted",
            "why": "staff_involved",
            "named": ["supervisor-2"],
            "words": "It is about one of our caretakers.",
        }
    },
    "a conflict": {
        "value": {"fact": "conflict_declared", "why": "lives_there", "words": "I live two doors away."}
    },
}
_EMERGENCY: Final[dict[str, Any]] = {
    "danger": {"value": {"words": "She rang from the stairwell: he is at the door and her officer is away."}}
}


_CASE: Final = re.compile("CW-[0-9]{4}-[0-9]{6,12}")
_READS_WHY: Final = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.DATA_PROTECTION})
"""What is said of colleagues and neighbours in the reasons is not for everybody."""


class AccessRecorded(JournalRecorded):
    """Nobody has signed in so far as one of `never_here`: check for slips. They are admitted all the same.
    `open_to` is who may see the case from now on where it is restricted to people named, beside its officer's
    cover; `until` is when emergency access ends.
    """

    never_here: tuple[str, ...] = ()
    open_to: tuple[str, ...] | None = None
    until: datetime | None = None


class Restrictions(Frozen):
    cases: tuple[Restriction, ...]
    next: str | None


class Access(Frozen):
    """`relation` is how the case concerns you. Beside those admitted, a case is open to its officer and their
    cover; one with domestic abuse also to who leads their team, and any other to all who work on cases.
    `emergencies` are by the id that their review names.
    """

    relation: Relation | None
    officer: str | None
    domestic_abuse: bool
    restricted: facts.RestrictedFor | None
    admitted: tuple[str, ...]
    conflicts: dict[str, facts.Connection]
    emergencies: dict[str, Emergency]
    deadlines: tuple[Deadline, ...]
    history: tuple[HistoryLine, ...]


@routes.get("/cases/{ref}/access", summary="To whom a case is open")
async def shown(ref: Ref, who: Who, needs: Needs) -> Access:
    """Also of a case that is restricted to others, for managers and the data protection officer."""
    async with needs.everything.reading() as db:
        row = await row_of(db, ref)
        if row is None:
            raise case_not_found(ref)
        file = await access.file_of(db, ref) or AccessFile(ref=ref, id="")
        history = await journal.history(db, file.id) if file.id else []
    if who.role not in _READS_WHY or who.id in file.conflicts:
        history = [line.model_copy(update={"content": _without_words(line.content)}) for line in history]
    return _access(row, file, history, await relation_to(needs.everything, ref, who))


def _without_words(content: dict[str, Any]) -> dict[str, Any]:
    return {name: said for name, said in content.items() if name != "words"}


def _access(row: Row, file: AccessFile, history: list[HistoryLine], relation: Relation | None) -> Access:
    return Access(
        relation=relation,
        officer=row.officer,
        domestic_abuse=row.domestic_abuse,
        restricted=file.restricted,
        admitted=file.admitted,
        conflicts=file.conflicts,
        emergencies=file.emergencies,
        deadlines=tuple(file.owed.values()),
        history=tuple(history),
    )


@routes.post(
    "/cases/{ref}/access",
    summary="Restrict a case, admit somebody, or tell of a connection",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(_FACT, _EXAMPLES),
)
async def record(ref: Ref, body: Body, key: Key, who: Who, needs: Needs) -> AccessRecorded:
    """It holds at once, also for who has the case open, and for every case that is joined with it. 409 with what
    is missing where the policy refuses it.
    """
    may(who.role, body, RECORDED_HERE)
    note = noted(_FACT, body, key, who.actor, about=ref)
    if not isinstance(note.fact, facts.ConflictDeclared):
        async with needs.everything.reading() as db:
            joined = await access.joined_with(db, ref)
        for other in joined:
            await also_on(needs, who, other, Action.CHANGE_ACCESS)
    return await _recorded(needs, ref, note)


@routes.get("/restricted-cases", summary="Every case that is restricted to people named")
async def restricted(by: By, needs: Needs, cursor: Cursor = None, limit: Limit = 50) -> Restrictions:
    """By reference. To whom it is open, and whether somebody else has looked at why: nothing it holds."""
    async with needs.everything.reading() as db:
        found = await access.restrictions(db, by.id, limit, paging.after_one_of(cursor, _CASE))
    return Restrictions(cases=tuple(found), next=found[-1].ref if len(found) == limit else None)


@routes.post(
    "/cases/{ref}/emergency-access",
    summary="See a case that is restricted to others, in an emergency",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(facts.EmergencyAccessTaken, _EMERGENCY),
)
async def take(ref: Ref, body: Body, key: Key, by: By, needs: Needs) -> AccessRecorded:
    """Say why. It is open to you for some hours; a manager is told, and somebody else looks at the reason."""
    return await _recorded(needs, ref, noted(facts.EmergencyAccessTaken, body, key, by, about=ref))


async def _recorded(needs: Resources, ref: str, note: Note) -> AccessRecorded:
    day = london_day(datetime.now(UTC))
    known = closure_days(day, needs.settings.closure_days)
    try:
        async with needs.everything.writing() as db:
            seq = await access.record(db, ref, note, in_force_on(day), known)
    except NoSuchCase:
        raise case_not_found(ref) from None
    async with needs.everything.reading() as db:
        row, file = await row_of(db, ref), await access.file_of(db, ref)
        theirs = {note.by.id, row and row.officer}
        named = [one for one in facts.staff_in(note.fact) if one not in theirs]
        never_here = await sign_ins.never_here(db, named)
    told = AccessRecorded(id=ref, seq=seq, fact_id=note.id, never_here=never_here)
    if row is None or file is None:
        return told
    taken = file.emergencies.get(note.id)
    open_to = tuple(dict.fromkeys(one for one in (row.officer, *file.admitted) if one))
    shown = {"until": taken and taken.until, "open_to": open_to if file.restricted else None}
    return told.model_copy(update=shown)
