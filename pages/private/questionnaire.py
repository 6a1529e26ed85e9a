"""How we did, asked once a case has closed: answered once, and any of it left out. (satisfaction-questionnaire)"""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.resources import Needs, Resources
from pages.form import Form
from pages.private.asked_of_them import questionnaire
from pages.private.saying import key_of, tell
from pages.private.visiting import AtQuestions, Opened, visit
from pages.questions import Answers, Question, one, read
from pages.rendering import page
from policy.private_links import LinkPurpose, questions_of
from store import timeline
from store.timeline import TimelineEntry

routes = APIRouter(include_in_schema=False)

_HERE = "/questions"
_AGAIN = {"href": "/report", "text": "Tell us that it goes on"}
_NOTHING = "Choose at least one answer, or write a few words"


@routes.get(_HERE)
async def ask(there: AtQuestions, needs: Needs) -> Response:
    return await _asked(needs, there, {}, {})


@routes.post(_HERE)
async def take(request: Request, form: Form, needs: Needs) -> Response:
    """Answered once: what comes after that, as from another tab, is said not to have been kept."""
    there = await visit(request, needs, LinkPurpose.QUESTIONNAIRE)
    matter, question = questions_of(there.file), questionnaire(there)
    said, wrong = read(question, form, datetime.now(UTC))
    if matter is None:
        return await _over(needs, there, said)
    if not wrong and not said:
        wrong = {question.fields[0].name: _NOTHING}
    if not wrong:
        body = _body(matter, said)
        why = await tell(needs, there, body, key_of(there.file.ref, matter, "answered"))
        if why and await _before(needs, there) is not None:
            return await _over(needs, there, said)
        wrong = {question.fields[0].name: why} if why else {}
    return await _asked(needs, there, said, wrong) if wrong else RedirectResponse(_HERE, HTTPStatus.SEE_OTHER)


def _body(matter: str, said: Answers) -> dict[str, Any]:
    words = one(said, "words")
    answers = {name: values[0] for name, values in said.items() if name != "words"}
    return {"fact": "questionnaire_answered", "matter": matter, "answers": answers} | (
        {"words": words} if words else {}
    )


async def _before(needs: Resources, there: Opened) -> TimelineEntry | None:
    """How it was answered, here or on paper."""
    async with needs.everything.reading() as db:
        answered = await timeline.entries_of(db, there.file.ref, kinds=["questionnaire_answered"])
    return answered[-1] if answered else None


async def _over(needs: Resources, there: Opened, said: Answers) -> Response:
    """Thanks, where it was answered, or that we no longer ask. What they `said` now is shown and not kept, unless
    it is what we have: then they pressed twice.
    """
    before = await _before(needs, there)
    if said and before is not None and _is_the_same(said, before.content or {}):
        return RedirectResponse(_HERE, HTTPStatus.SEE_OTHER)
    return page(
        needs.settings,
        "private/answered.html",
        "Not kept" if said else "Thank you",
        HTTPStatus.CONFLICT if said else HTTPStatus.OK,
        at=before.at if before is not None else None,
        unkept=_in_words(questionnaire(there), said),
    )


def _is_the_same(said: Answers, before: dict[str, Any]) -> bool:
    now = _body("", said)
    return all(now.get(name) == before.get(name) for name in ("answers", "words"))


def _in_words(question: Question, said: Answers) -> list[tuple[str, str]]:
    """What was asked, and what they said."""
    chosen = {field.name: {option.value: option.text for option in field.options} for field in question.fields}
    return [
        (field.label, "; ".join(chosen[field.name].get(one, one) for one in said[field.name]))
        for field in question.fields
        if field.name in said
    ]


async def _asked(needs: Resources, there: Opened, said: Answers, wrong: dict[str, str]) -> Response:
    """Or that it is over."""
    if questions_of(there.file) is None:
        return await _over(needs, there, said)
    return page(
        needs.settings,
        "private/ask.html",
        f"{'Error: ' if wrong else ''}A few questions",
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        question=questionnaire(there),
        answers=said,
        wrong=wrong,
        key=None,
        back=None,
        to=_HERE,
        also=_AGAIN,
    )
