"""What somebody sends us from behind their link: recorded as theirs, or said in plain words why it was not."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from fastapi import Response

from api.border import taken_in
from api.facts import recorded
from api.identity import forbidden
from api.problems import ProblemRaised, meant_by
from api.resources import Resources
from pages.private.visiting import Opened
from policy.facts import CaseFact
from policy.facts.base import Role
from policy.permissions import may_record
from policy.refusals import Refused
from store.away import StoreAway
from store.changes import KeyUsedForAnotherChange
from store.focus_areas import FocusAreaNotKnown
from store.journal import KeyUsedForAnotherNote
from store.people import MovedBeforeTheyMovedIn
from store.prevention import WorkNotKnown
from store.sessions import EVERYTHING
from store.tenancies import ReferenceTaken
from workflows.case_door import CaseFaulty, CaseRefused, EngineAway, OutcomeUnknown
from workflows.intake import IncidentNeedsAnOpenCase, KeyUsedForAnotherReport

SENT_BEFORE: Final = "We have what you sent before. If this is something else, press the button once more"
NOT_NOW: Final = "We cannot take this right now. Nothing you wrote is lost: please try again in a few minutes"
NOT_HERE: Final = "We cannot take this here. Please ring us and tell us instead"
NOT_TAKEN: Final = (
    *(CaseRefused, Refused, ProblemRaised, CaseFaulty, KeyUsedForAnotherReport, IncidentNeedsAnOpenCase),
    *(KeyUsedForAnotherChange, KeyUsedForAnotherNote, MovedBeforeTheyMovedIn, ReferenceTaken, WorkNotKnown),
    FocusAreaNotKnown,
    *(EngineAway, OutcomeUnknown, StoreAway),
)
"""What may come of recording."""

_LATER: Final = {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.REQUEST_TIMEOUT}


async def tell(needs: Resources, there: Opened, body: Mapping[str, Any], key: str) -> str:
    """Empty where we have it, else why we have not."""
    if not may_record(Role.RESIDENT, body["fact"]):
        raise forbidden("This is not for residents.")
    try:
        entry = taken_in(CaseFact, dict(body), key, there.actor)
        await recorded(needs.seen_by(EVERYTHING), there.file.ref, entry, Response())
    except NOT_TAKEN as error:
        return why_not(error)
    return ""


def why_not(error: Exception) -> str:
    """Without the policy's own sentence, which is for officers and may speak of others."""
    wrong = meant_by(error).problem
    if wrong.type.endswith("key-used-for-another-body"):
        return SENT_BEFORE
    return NOT_NOW if wrong.status in _LATER else NOT_HERE


def key_in(said: Mapping[str, Sequence[str]]) -> str:
    """The form's own, made with it, so that pressing twice sends once; a new one where it has none."""
    with suppress(ValueError, LookupError):
        return str(UUID(said["key"][0]))
    return str(uuid4())


def key_of(*what: str) -> str:
    """Always the same of the same: what can be sent only once."""
    return str(uuid5(NAMESPACE_URL, f"casework:by-link:{'/'.join(what)}"))
