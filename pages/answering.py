"""The page on which an agency answers a referral, by its private link: the same as the API takes by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter

from api.agency_links import Link, Linked, asked, told_by
from api.problems import ProblemRaised, meant_by, problem
from api.resources import Needs
from pages.form import Form
from pages.questions import Answers, Field, Kind, Option, Question, day_of, one, read
from pages.rendering import page
from policy.facts.base import Words
from policy.refusals import Refused
from store import timeline
from store.away import StoreAway
from store.timeline import TimelineEntry
from workflows.case_door import CaseRefused, EngineAway, OutcomeUnknown

routes = APIRouter(include_in_schema=False)

_EMPTY: Final = "Leave it empty if you only tell us that you have it. "
_KEY_USED: Final = "/problems/key-used-for-another-body"
_LATER: Final = frozenset({HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT})
_STAYS: Final = _LATER | {HTTPStatus.CONFLICT}
"""What can be put right on the page itself, where what was typed still stands."""


@dataclass(frozen=True)
class _Telling:
    """What a line of the page is as a fact. `words` is said where there must be some and there are none."""

    text: str
    fact: Mapping[str, Any]
    words: str = ""


_TELLINGS: Final = {
    "have_it": _Telling("We have it", {"fact": "referral_acknowledged"}),
    "can_help": _Telling(
        "We can help",
        {"fact": "referral_answered", "taken_up": True},
        "Write what you will do, if only in a few words",
    ),
    "cannot_help": _Telling(
        "We cannot help", {"fact": "referral_answered", "taken_up": False}, "Write why not, if only in a few words"
    ),
    "how_it_goes": _Telling(
        "How it is going", {"fact": "referral_work_reported"}, "Write how it is going, if only in a few words"
    ),
}


@routes.get("/answer/{link}")
async def ask(link: str, there: Linked, request: Request, needs: Needs) -> Response:
    """Changes nothing: programs that look into mail follow links, too."""
    return await _page(link, there, needs, {}, told="told" in request.query_params)


@routes.post("/answer/{link}")
async def take(link: str, there: Linked, form: Form, needs: Needs) -> Response:
    """Pressed twice it is recorded once, since its key was made with the page. What was typed stays."""
    said, wrong = read(_question(_TELLINGS), form, datetime.now(UTC))
    key = _key(form)
    if wrong:
        return await _page(link, there, needs, said, HTTPStatus.UNPROCESSABLE_ENTITY, wrong=wrong, key=key)
    try:
        await told_by(there, _body(said), key, needs)
    except (ProblemRaised, CaseRefused, Refused, EngineAway, OutcomeUnknown, StoreAway) as kept_back:
        raised = meant_by(kept_back).problem
        if raised.status not in _STAYS:
            raise
        status, again = HTTPStatus(raised.status), None if raised.type == _KEY_USED else key
        return await _page(
            link, there, needs, said, status, trouble=_trouble(raised.type, status, raised.detail), key=again
        )
    return RedirectResponse(f"/answer/{link}?told", HTTPStatus.SEE_OTHER)


def _trouble(type_: str, status: HTTPStatus, detail: str) -> str:
    if status in _LATER:
        return "We could not write this down just now. Please send it again in a minute: we take it once."
    if type_ == _KEY_USED:
        return "You sent something else from this page before. Please look at this once more, and send it again."
    return detail


async def _page(
    link: str,
    there: Linked,
    needs: Needs,
    said: Answers,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    wrong: Mapping[str, str] | None = None,
    trouble: str = "",
    told: bool = False,
    key: str | None = None,
) -> Response:
    shown = await asked(there, needs)
    open_now = {name: telling for name, telling in _TELLINGS.items() if telling.fact["fact"] in shown.may_tell}
    return page(
        needs.settings,
        "answer.html",
        f"{'Error: ' if wrong or trouble else ''}Your answer",
        status,
        link=link,
        asked=shown,
        question=_question(open_now) if open_now else None,
        alone=next(iter(open_now)) if len(open_now) == 1 else None,
        before=await _before(there, needs),
        answers=said,
        wrong=wrong or {},
        trouble=trouble,
        told=told,
        key=key or str(uuid4()),
    )


async def _before(there: Link, needs: Needs) -> list[tuple[datetime, str]]:
    """What they told us before: when and what, and none of the words, since the link may have been passed on."""
    kinds = sorted({telling.fact["fact"] for telling in _TELLINGS.values()})
    async with needs.everything.reading() as db:
        entries = await timeline.entries_of(db, there.file.ref, kinds=kinds)
    mine = [one for one in entries if one.by_id == there.actor.id]
    return [(one.at, telling.text) for one in mine for telling in _TELLINGS.values() if _is(telling, one)]


def _is(telling: _Telling, told: TimelineEntry) -> bool:
    said = {"fact": told.fact, **(told.content or {})}
    return all(said.get(name) == value for name, value in telling.fact.items())


def _question(tellings: Mapping[str, _Telling]) -> Question:
    options = tuple(Option(name, telling.text) for name, telling in tellings.items())
    what = Field(
        "what", Kind.ONE_OF, "What can you tell us?", options=options, needed="Choose what you can tell us"
    )
    fields = (
        Field(
            "words",
            Kind.WORDS,
            "In your own words",
            f"{_EMPTY if 'have_it' in tellings else ''}Name nobody whom we need not know of.",
            takes=TypeAdapter(Words),
            wrong="Shorten this",
        ),
        Field(
            "by_when",
            Kind.DAY,
            "By when shall we hear from you next?",
            "For example, 27 3 2027. Leave it empty if you do not know.",
            ahead=True,
        ),
    )
    return Question(
        "answer",
        "Your answer",
        "Your answer",
        fields if len(options) == 1 else (what, *fields),
        together=_together,
    )


def _together(said: Answers, _: datetime) -> dict[str, str]:
    telling = _TELLINGS[one(said, "what") or ""]
    return {"words": telling.words} if telling.words and not one(said, "words") else {}


def _body(said: Answers) -> dict[str, Any]:
    """The same for the same answers."""
    day = day_of(said.get("by_when", ()))
    more = {"by_when": day and day.isoformat(), "words": one(said, "words")}
    return {**_TELLINGS[one(said, "what") or ""].fact} | {name: value for name, value in more.items() if value}


def _key(form: Mapping[str, list[str]]) -> str:
    """Raises 422 for what our page did not send."""
    try:
        return str(UUID(form.get("key", [""])[0]))
    except ValueError:
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "This is no form that we know.") from None
