"""What somebody has begun to type into a form of ours: kept for them until it is recorded, and brought back."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

import structlog
from fastapi import Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from api.border import MAX_BODY_BYTES
from api.problems import Problem, problem
from api.resources import Resources
from policy.caller import Caller
from policy.facts import canonical
from policy.frozen import Frozen
from policy.headings import heading_of_kind
from policy.refusals.retention import AlreadyErased
from policy.working_days import LONDON
from store import drafts
from store.away import StoreAway, StoreRefused
from store.drafts import Draft, Place, TooManyDrafts
from store.sessions import Reading

Typed = Mapping[str, Sequence[str]]

DOES: Final = frozenset({"type", "keep", "afresh"})
_OURS: Final = frozenset({"idempotency-key", "do", "writer"})
WAS: Final = "was."
"""Before the name of a field: what stood there when the form was made."""
_CALLED: Final = {
    "report_received": "A new report",
    "person_added": "Somebody new",
    "person_corrected": "Something is put right of somebody we know",
    "person_moved": "Somebody we know has moved",
    "tenancy_added": "A tenancy begins",
    "tenancy_corrected": "Something is changed of a tenancy",
    "tenancy_ended": "A tenancy ends",
    "prevention_planned": "Prevention work is planned",
    "prevention_corrected": "Prevention work is put right",
    "prevention_ended": "What came of prevention work",
    "report_asked": "A report is to be made",
    "policy_review_owner_named": "Who sees to the review of our policy",
    "policy_review_brought_forward": "The review of our policy comes forward",
    "policy_reviewed": "What came of the review of our policy",
    "focus_area_accepted": "A place becomes a focus area",
    "focus_area_refused": "A place does not become a focus area",
    "focus_area_reviewed": "A focus area is reviewed",
    "focus_area_ended": "A focus area ends",
    "erasure_refused": "Whether a record is erased",
    "restriction_reviewed": "Whether a case stays restricted",
    "emergency_access_reviewed": "Whether emergency access had a good reason",
}
"""Forms that are called otherwise than what they record."""
_NOT_NOW: Final = "We cannot keep this right now. What you typed is still here."
_OF_SOMEBODY_ELSE: Final = (
    "Somebody else is signed in here now, so this is not kept or recorded. What was typed is still here: whoever"
    " wrote it signs in and sends it, or it is copied into a form opened anew."
)
_OVER: Final = "What this form said was recorded, or begun afresh, in another tab. What you typed is still here."
_TOO_LONG: Final = "This is longer than can be recorded, so it is not kept. Record it in several parts."
_TOO_MANY: Final = f"You have begun {drafts.MOST} other forms, as many as we keep. Finish one of them under Today."

_ON_ITS_PAGE: Final = "Something to be recorded on its page"

log = structlog.get_logger()


class Line(Frozen):
    """A draft in a list. `about` is a reference."""

    href: str
    called: str
    about: str | None
    kept_at: datetime


def address_of(form: str, says: Mapping[str, str]) -> str:
    """With what the address says is filled in already: another `matter` is another form."""
    return f"{form}?{urlencode(sorted(says.items()))}" if says else form


async def find(needs: Resources, who: Caller, place: Place | None) -> Draft | None:
    if place is None:
        return None
    async with needs.store.reading() as db:
        return await drafts.find(db, who.id, place.address, datetime.now(UTC))


async def keep(needs: Resources, who: Caller, place: Place, form: Typed, key: str) -> Problem | None:
    """Why it is not kept, where it is not. Where nothing is typed in it there is no draft."""
    if (theirs := of_somebody_else(who, form)) is not None:
        return theirs
    draft = Draft(key=key, said=_said(form), began_at=datetime.now(UTC))
    if len(canonical(draft.said).encode()) > MAX_BODY_BYTES:
        return _because(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "draft-too-long", _TOO_LONG)
    try:
        async with needs.store.writing() as db:
            if not _anything(draft.said, place.address):
                await drafts.clear(db, who.id, key)
            elif not await drafts.keep(db, who.id, place, draft, draft.began_at):
                return _because(HTTPStatus.CONFLICT, "draft-is-over", _OVER)
    except TooManyDrafts:
        return _because(HTTPStatus.CONFLICT, "too-many-drafts", _TOO_MANY)
    except (AlreadyErased, StoreAway, StoreRefused) as error:
        log.warning("draft_not_kept", why=type(error).__name__)
        return _because(HTTPStatus.SERVICE_UNAVAILABLE, "draft-not-kept", _NOT_NOW)
    return None


def of_somebody_else(who: Caller, form: Typed) -> Problem | None:
    """Whoever is signed in at a shared screen did not write it: nothing of it is kept or recorded as theirs."""
    if form.get("writer", [who.id]) == [who.id]:
        return None
    return _because(HTTPStatus.CONFLICT, "written-by-somebody-else", _OF_SOMEBODY_ELSE)


async def over(needs: Resources, who: Caller, key: str) -> None:
    """It was recorded, or is begun afresh."""
    with suppress(StoreAway, StoreRefused):  # its key says that it was recorded
        async with needs.store.writing() as db:
            await drafts.over(db, who.id, key, datetime.now(UTC))


async def done(needs: Resources, who: Caller, place: Place, form: Typed, key: str) -> Response | Problem:
    """What a form `does` with its draft: keeps it while somebody types, keeps it by a button, or begins afresh."""
    if form["do"] == ["afresh"]:
        await over(needs, who, key)
    elif (wrong := await keep(needs, who, place, form, key)) and form["do"] == ["keep"]:
        return wrong
    elif form["do"] == ["type"]:
        return PlainTextResponse(wrong.detail if wrong else _kept_at(form, place))
    return RedirectResponse(place.address, HTTPStatus.SEE_OTHER)


async def begun(db: Reading, who: Caller, case: str | None = None, hidden: str = "") -> list[Line]:
    """All of theirs, or those about a case. What is `hidden` is not named, and led to by its case's page."""
    return [
        Line(
            href=f"/cases/{one.about}" if one.fact == hidden else one.address,
            called=_ON_ITS_PAGE if one.fact == hidden else _CALLED.get(one.fact) or heading_of_kind(one.fact),
            about=one.about,
            kept_at=one.kept_at,
        )
        for one in await drafts.begun(db, who.id, datetime.now(UTC), case)
    ]


def _said(form: Typed) -> dict[str, list[str]]:
    return {name: list(values) for name, values in form.items() if name not in _OURS}


def _kept_at(form: Typed, place: Place) -> str:
    """For a status line: never an error over what somebody types."""
    at = datetime.now(LONDON)
    return f"Kept at {at:%H:%M}, not recorded yet." if _anything(_said(form), place.address) else ""


def _anything(said: Typed, address: str) -> bool:
    """Beside what stood there, or the address says."""
    filled = parse_qs(urlsplit(address).query)
    return any(
        any(one.strip() for one in values) and values != filled.get(name) and values != said.get(WAS + name)
        for name, values in said.items()
        if not name.startswith(WAS)
    )


def _because(status: HTTPStatus, name: str, detail: str) -> Problem:
    return problem(status, name, detail).problem
