"""Asking for a case review without a link: anybody may, and one of us looks for its cases. (case-review)"""

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter

from api.border import is_case_ref, taken_in_as
from api.case_reviews import received
from api.limits import review_limit
from api.permission import PUBLIC
from api.resources import Needs, Resources
from pages.form import Form
from pages.private.asked_of_them import WHERE_TO, district_of, somewhere
from pages.private.saying import NOT_TAKEN, SENT_BEFORE, key_in, why_not
from pages.questions import Answers, Field, Kind, Option, Question, lines_of, one, read
from pages.rendering import page
from policy.case_review.facts import Asker, CaseReviewAsked, ReviewEntry
from policy.editions import Edition, in_force_on
from policy.facts.base import Line
from policy.working_days import london_day

routes = APIRouter(include_in_schema=False)

_HERE: Final = "/ask-for-review"
_AGREES: Final = "yes"
_LINE: Final[TypeAdapter[str]] = TypeAdapter(Line)
_TOO_LONG: Final = "Shorten this to 200 characters or fewer"

_WHO: Final = (
    Option(Asker.VICTIM, "Me, or somebody I live with"),
    Option(Asker.FAMILY, "Somebody in my family"),
    Option(Asker.FRIEND, "A friend or a neighbour"),
    Option(Asker.COUNCILLOR, "Somebody whom I represent as a councillor"),
    Option(Asker.MEMBER_OF_PARLIAMENT, "Somebody whom I represent as a Member of Parliament"),
    Option(Asker.PROFESSIONAL, "Somebody whom I support in my work"),
)


@routes.get(_HERE)
async def ask(needs: Needs) -> Response:
    return _asked(needs, {}, {}, str(uuid4()))


@routes.post(_HERE)
async def take(request: Request, form: Form, needs: Needs) -> Response:
    """Pressed twice it is one application. What was typed stays, also where something is wrong with it."""
    key, now = key_in(form), datetime.now(UTC)
    edition = in_force_on(london_day(now))
    said, wrong = read(_question(edition), form, now)
    if wrong:
        return _asked(needs, said, wrong, key)
    await review_limit(request, None, needs)
    try:
        entry = taken_in_as(ReviewEntry, CaseReviewAsked, _body(said), key, PUBLIC.actor)
        kept, _ = await received(needs, entry)
    except NOT_TAKEN as error:
        why = why_not(error)
        return _asked(needs, said, {"asked_by": why}, str(uuid4()) if why == SENT_BEFORE else key)
    days = edition.case_reviews.days
    return page(
        needs.settings,
        "review_asked.html",
        "We have it",
        ref=kept.ref,
        acknowledged_within=days.acknowledge,
        decided_within=days.threshold + days.tell_threshold,
    )


def _question(edition: Edition) -> Question:
    return Question(
        about="review",
        heading="Ask for a case review",
        short="Review",
        words="If it goes on although it was reported, to us, the council or the police, you can ask that all of"
        " us look together at what was done and at what more could be.",
        fields=(
            Field("asked_by", Kind.ONE_OF, "Who is it happening to?", options=_WHO, needed="Choose one"),
            Field(
                "agrees",
                Kind.ONE_OF,
                "If you ask for somebody else: do they agree?",
                hint="Ask them first. Leave this empty if it happens to you.",
                options=(Option(_AGREES, "Yes, they agree"), Option("no", "No, or I have not asked them")),
            ),
            district_of(edition),
            Field("words", Kind.WORDS, "Why do you ask?", needed="Say why you ask, in your own words"),
            Field(
                "ref",
                Kind.LINE,
                "Your reference with us",
                hint="For example CW-2026-000123. Leave it empty if you have none or do not know it.",
            ),
            Field("name", Kind.LINE, "Your name", takes=_LINE, wrong=_TOO_LONG, autocomplete="name"),
            *WHERE_TO,
        ),
        together=_together,
    )


def _together(said: Answers, now: datetime) -> dict[str, str]:
    wrong = somewhere(said, now)
    if one(said, "asked_by") != Asker.VICTIM and one(said, "agrees") != _AGREES:
        wrong["agrees"] = "We can only take this if they agree. Please ask them first"
    ref = one(said, "ref")
    if ref and not is_case_ref(ref.upper()):
        wrong["ref"] = "Write the reference as it is in our letters, such as CW-2026-000123, or leave it empty"
    return wrong


def _body(said: Answers) -> dict[str, Any]:
    """The same for the same answers. A case is as they say: one of us looks whether it is theirs."""
    asker: Mapping[str, Any] = {
        "name": one(said, "name"),
        "email": one(said, "email"),
        "address": list(lines_of(one(said, "address") or "")),
    }
    ref = one(said, "ref")
    return {
        "asked_by": one(said, "asked_by"),
        "district": one(said, "district"),
        "words": one(said, "words"),
        "asker": {name: value for name, value in asker.items() if value},
        **({"claimed": [ref.upper()]} if ref else {}),
        **({"victim_agrees": True} if one(said, "asked_by") != Asker.VICTIM else {}),
    }


def _asked(needs: Resources, said: Answers, wrong: Mapping[str, str], key: str) -> Response:
    return page(
        needs.settings,
        "private/ask.html",
        f"{'Error: ' if wrong else ''}Ask us",
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        question=_question(in_force_on(london_day(datetime.now(UTC)))),
        answers=said,
        wrong=wrong,
        key=key,
        back=None,
        to=_HERE,
    )
