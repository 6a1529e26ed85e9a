"""A leader's answers about records and who may see them: whether one is erased, and whether a reason was good."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, ClassVar, Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api import access, retention
from api.border import Ref, is_case_ref
from api.permission import By, Who, also_on
from api.resources import Needs, Resources
from api.retention import RecordRef
from pages.form import Form
from pages.staff.names import names_of
from pages.staff.recording.asking import opened, pressed
from pages.staff.recording.inputs import Input, Kind, Option
from pages.staff.recording.typed import body_of
from policy.caller import Caller
from policy.permissions import Action
from policy.retention.facts import StillNeeded
from policy.working_days import day_in_words, moment_in_words
from store.drafts import Place

routes = APIRouter(include_in_schema=False)

_KEEP: Final = "erasure_refused"
_OF_SOMEBODY: Final = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OF_RECORDS: Final = (
    Input(
        "fact",
        "What is decided",
        Kind.ONE_OF,
        needed=True,
        options=(
            Option(
                "erasure_approved", "It is erased for ever, once the days are over in which that can be refused"
            ),
            Option(_KEEP, "It is kept longer"),
        ),
    ),
    Input(
        "why",
        "Why it is kept",
        Kind.ONE_OF,
        needed=False,
        options=tuple(Option(one, one.replace("_", " ").capitalize()) for one in StillNeeded),
    ),
    Input("until", "Until which day it is kept", Kind.DAY, needed=False),
)
_WORDS: Final = Input("words", "Why", Kind.WORDS, needed=True)
_DANGER: Final = Input("words", "What the danger is, and why you must see it now", Kind.WORDS, needed=True)
_HOME: Final = ("/today", "Back to Today")
_RESTRICTED: Final = (Input("agreed", "Does it stay restricted?", Kind.YES_NO, needed=True), _WORDS)
_TAKEN: Final = (Input("justified", "Was there a good reason?", Kind.YES_NO, needed=True), _WORDS)


@dataclass(frozen=True)
class There:
    """A form, where it goes, and what to know before: each line of it a sentence."""

    template: ClassVar[str] = "staff/deciding.html"
    title: ClassVar[str] = "Decide"
    context: ClassVar[Mapping[str, Any]] = MappingProxyType({})

    to: str
    heading: str
    fact: str
    inputs: tuple[Input, ...]
    said: tuple[str, ...]
    draft: Place | None
    back: tuple[str, str] = ("/approvals", "Back to what waits for a decision")


@routes.get("/retention/{ref}")
async def ask_of_record(ref: RecordRef, who: Who, needs: Needs) -> Response:
    """404 where there is no such record; that somebody looked is written down."""
    return await opened(needs, who, await _record(ref, who, needs), {})


@routes.post("/retention/{ref}")
async def decide_on_record(ref: RecordRef, form: Form, by: By, who: Who, needs: Needs) -> Response:
    there = await _record(ref, who, needs)
    body = body_of(there.inputs, form)
    if body.get("fact") != _KEEP:
        body = {name: one for name, one in body.items() if name == "fact"}

    async def record(key: str) -> Response:
        await retention.record(ref, body, key, by, who, needs)
        return RedirectResponse("/approvals", HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record)


@routes.get("/access-review/{ref}")
async def ask_of_access(ref: Ref, who: Who, needs: Needs, taken: str | None = None) -> Response:
    """Of a restriction, or of the emergency access of that id. Raises 403."""
    await also_on(needs, who, ref, Action.CHANGE_ACCESS)
    return await opened(needs, who, await _access(needs, who, ref, taken), {})


@routes.post("/access-review/{ref}")
async def decide_on_access(ref: Ref, form: Form, who: Who, needs: Needs, taken: str | None = None) -> Response:
    await also_on(needs, who, ref, Action.CHANGE_ACCESS)
    there = await _access(needs, who, ref, taken)
    body = {"fact": there.fact} | ({"taken": taken} if taken else {}) | body_of(there.inputs, form)

    async def record(key: str) -> Response:
        await access.record(ref, body, key, who, needs)
        return RedirectResponse("/approvals", HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record)


@routes.post("/cases/{ref}/emergency-access")
async def see_now(ref: Ref, form: Form, by: By, who: Who, needs: Needs) -> Response:
    """From the page that turned them away. Without a reason that page's question is asked again."""
    heading = f"See {ref} in an emergency"
    there = There(f"/cases/{ref}/emergency-access", heading, "emergency_access_taken", (_DANGER,), (), None, _HOME)

    async def record(key: str) -> Response:
        await access.take(ref, body_of(there.inputs, form), key, by, needs)
        return RedirectResponse(f"/cases/{ref}", HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record)


async def _record(ref: str, who: Caller, needs: Resources) -> There:
    told = await retention.one(ref, who, needs)
    said = [f"It is {told.state.value} now."]
    if told.decided.proposal is not None:
        proposal = told.decided.proposal
        said.append(f"It had to be kept for {proposal.months} months, until {day_in_words(proposal.last)}.")
    if told.erased_from is not None:
        said.append(f"It is erased from {day_in_words(told.erased_from)} on, unless that is refused.")
    to = f"/retention/{ref}"
    return There(to, f"Is {ref} erased?", _KEEP, _OF_RECORDS, tuple(said), _kept_for(to, ref))


def _kept_for(to: str, ref: str) -> Place:
    """Of a case, a case review, somebody, or several records together."""
    case, person = (ref if is_case_ref(ref) else None), (ref if _OF_SOMEBODY.fullmatch(ref) else None)
    about = ref if case or ref.startswith("CR-") else None
    return Place(address=to, fact=_KEEP, about=about, case_ref=case, person_id=person)


async def _why(needs: Resources, who: Caller, ref: str, taken: str | None) -> tuple[str, ...]:
    """Who restricted it or took the access, when, and the reason that they gave."""
    told = await access.shown(ref, who, needs)
    if taken is None:
        lines = [one for one in told.history if one.fact == "access_restricted"]
    else:
        meant = told.emergencies.get(taken)
        of_them = [one for one in told.history if one.fact == "emergency_access_taken"]
        lines = [one for one in of_them if meant and (one.by_id, one.at) == (meant.who, meant.at)]
    staff = await names_of(needs, [one.by_id for one in lines])
    said = (f"{staff(one.by_id)}, {moment_in_words(one.at)}: {one.content.get('words', '')}" for one in lines[-1:])
    return tuple(said)


async def _access(needs: Resources, who: Caller, ref: str, taken: str | None) -> There:
    why = await _why(needs, who, ref, taken)
    to = f"/access-review/{ref}" + (f"?taken={taken}" if taken else "")
    if taken is None:
        heading, fact, inputs = f"Why {ref} is restricted", "restriction_reviewed", _RESTRICTED
        ends = "Where you do not agree it is open again."
    else:
        heading, fact, inputs = f"Why emergency access to {ref} was taken", "emergency_access_reviewed", _TAKEN
        ends = "Without a good reason it ends at once."
    # Whoever looks at a restriction may not be among those to whom the case is open.
    return There(to, heading, fact, inputs, (*why, ends), Place(address=to, fact=fact, case_ref=ref))
