"""What whoever is affected can send from their own case: each a page with one question, and the same thanks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.border import taken_in, taken_in_as
from api.case_reviews import received
from api.limits import review_limit
from api.problems import problem
from api.reports import told_again
from api.resources import Needs, Resources
from pages.form import Form
from pages.private.asked_of_them import again, call_back, need, review, urgent
from pages.private.attaching import attached, takes, told_of, with_files
from pages.private.saying import NOT_TAKEN, SENT_BEFORE, key_in, key_of, tell, why_not
from pages.private.visiting import OnMyCase, Opened, visit
from pages.questions import MOST, Answers, Question, lines_of, one, read
from pages.rendering import page
from policy.case_review.facts import Asker, CaseReviewAsked, ReviewEntry
from policy.company import COMPLAINANT
from policy.editions import of
from policy.facts.needs import Adjustment
from policy.facts.parts import Part
from policy.facts.reporting import Channel, IncidentReported, Reporter
from policy.private_links import LinkPurpose
from store.sessions import EVERYTHING

routes = APIRouter(include_in_schema=False)

_HERE: Final = "/my-case"
_SENT: Final = "sent"
_FILE: Final = "file"
_AS: Final = {Part.WITNESS: Reporter.WITNESS}


@dataclass(frozen=True)
class Way:
    """`asks` its question, as the case stands, and `takes` the answers: empty where we have them, else why not."""

    about: str
    called: str
    asks: Callable[[Opened], Question]
    takes: Callable[[Request, Resources, Opened, Answers, str], Awaitable[str]]
    only: str | None = None

    def is_for(self, there: Opened) -> bool:
        return self.only in {None, there.link.person}


async def _call_back(_: Request, needs: Resources, there: Opened, said: Answers, key: str) -> str:
    words = one(said, "words")
    asks = "Asks us to ring them."
    return await tell(needs, there, {"fact": "chased", "words": f"{asks} {words}" if words else asks}, key)


async def _need(_: Request, needs: Resources, there: Opened, said: Answers, key: str) -> str:
    """Each of them. What was told of the same kind before stays beside it."""
    for kind in said["kind"]:
        if why := await tell(needs, there, _need_of(kind, there, said), key_of(key, kind)):
            return why
    return ""


def _need_of(kind: str, there: Opened, said: Answers) -> dict[str, Any]:
    name = next((each.name for each in of(there.file.edition).needs.kinds if each.key == kind), kind)
    before = there.file.needs.get(f"{there.link.person}:{kind}")
    helps = {*said.get("helps", ()), *(before.adjustments if before else ())}
    return {
        "fact": "need_told",
        "person": there.link.person,
        "kind": kind,
        "adjustments": [each.value for each in Adjustment if each in helps],
        "means": [each.value for each in before.means] if before else [],
        "words": one(said, "words") or f"{name}, told by their private link.",
    }


async def _again(_: Request, needs: Resources, there: Opened, said: Answers, key: str) -> str:
    """Never lost, also while the engine is away. It is theirs who told it, and no complainant's."""
    reporter = there.file.reporter if there.link.person == COMPLAINANT else _AS.get(there.part, Reporter.VICTIM)
    told = {
        "channel": Channel.WEB.value,
        "reporter": reporter.value,
        "told_by": there.link.person,
        "words": one(said, "words"),
    }
    body = told | urgent(said, there)
    try:
        entry = taken_in(IncidentReported, body, key, there.actor, about=there.file.ref)
        await told_again(needs.seen_by(EVERYTHING), there.file.ref, entry)
    except NOT_TAKEN as error:
        return why_not(error)
    return ""


async def _review(request: Request, needs: Resources, there: Opened, said: Answers, key: str) -> str:
    """Of this case, which is theirs: nobody need look whether it is."""
    await review_limit(request, None, needs)
    body: dict[str, Any] = {
        "asked_by": Asker.VICTIM.value,
        "district": one(said, "district"),
        "cases": [there.file.ref],
        "words": one(said, "words"),
    }
    if where := {name: told for name in ("email", "address") if (told := said.get(name))}:
        body["asker"] = {name: lines_of(told[0]) if name == "address" else told[0] for name, told in where.items()}
    try:
        await received(
            needs.seen_by(EVERYTHING), taken_in_as(ReviewEntry, CaseReviewAsked, body, key, there.actor)
        )
    except NOT_TAKEN as error:
        return why_not(error)
    return ""


_WAYS: Final = (
    Way("call-back", "Ask us to ring you", call_back, _call_back, only=COMPLAINANT),
    Way("again", "Tell us that it happened again", again, _again),
    Way("need", "Tell us what would help you", need, _need),
    Way("review", "Ask for a case review", review, _review, only=COMPLAINANT),
)


def ways(there: Opened) -> list[dict[str, str]]:
    """What they can do from their case: addresses and what each is called."""
    found = [{"href": f"{_HERE}/{way.about}", "text": way.called} for way in _WAYS if way.is_for(there)]
    return [*found, {"href": f"{_HERE}/{_FILE}", "text": "Send us a photo, a recording or a letter"}]


@routes.get("/my-case/file")
async def choose(_: OnMyCase, needs: Needs) -> Response:
    return _file(needs, "", [])


@routes.post("/my-case/file")
async def send(request: Request, needs: Needs) -> Response:
    """Kept as they come, then said what they are: pressed twice they are the same files."""
    async with with_files(request, needs) as came:
        there = await visit(request, needs, LinkPurpose.MY_CASE)
        words = (came.said.get("words") or [""])[0].strip()
        if len(words) > MOST:
            return _file(needs, words, [f"Shorten this to {MOST} characters"])
        files, wrong = await attached(needs, came, there.actor, there.file.ref)
    wrong += [why for file in files if (why := await told_of(needs, there, file, words))]
    if wrong or not files:
        return _file(needs, words, wrong or ["Choose a photo, a recording or a letter first"])
    return RedirectResponse(f"{_HERE}/{_SENT}", HTTPStatus.SEE_OTHER)


@routes.get("/my-case/{about}")
async def ask(about: str, there: OnMyCase, needs: Needs) -> Response:
    if about == _SENT:
        return page(needs.settings, "private/sent.html", "We have it")
    return _asked(needs, there, _way(about, there), {}, {}, str(uuid4()))


@routes.post("/my-case/{about}")
async def take(about: str, request: Request, form: Form, needs: Needs) -> Response:
    """What was typed stays, also where something is wrong with it."""
    there = await visit(request, needs, LinkPurpose.MY_CASE)
    way, key = _way(about, there), key_in(form)
    said, wrong = read(way.asks(there), form, datetime.now(UTC))
    if wrong:
        return _asked(needs, there, way, said, wrong, key)
    if why := await way.takes(request, needs, there, said, key):
        again_under = str(uuid4()) if why == SENT_BEFORE else key
        return _asked(needs, there, way, said, {way.asks(there).fields[0].name: why}, again_under)
    return RedirectResponse(f"{_HERE}/{_SENT}", HTTPStatus.SEE_OTHER)


def _way(about: str, there: Opened) -> Way:
    for way in _WAYS:
        if way.about == about and way.is_for(there):
            return way
    raise problem(HTTPStatus.NOT_FOUND, "not-found", "There is no such page.")


def _asked(needs: Resources, there: Opened, way: Way, said: Answers, wrong: dict[str, str], key: str) -> Response:
    return page(
        needs.settings,
        "private/ask.html",
        f"{'Error: ' if wrong else ''}One question",
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        question=way.asks(there),
        answers=said,
        wrong=wrong,
        key=key,
        back=_HERE,
        to=f"{_HERE}/{way.about}",
    )


def _file(needs: Resources, words: str, wrong: list[str]) -> Response:
    return page(
        needs.settings,
        "private/file.html",
        f"{'Error: ' if wrong else ''}Send us something",
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        words=words,
        wrong=wrong,
        takes=takes(needs.settings),
    )
