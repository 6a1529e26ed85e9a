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
from pages.questions import Answers, one, read
from pages.rendering import page
from policy.private_links import LinkPurpose, questions_of
from store import timeline

routes = APIRouter(include_in_schema=False)

_HERE = "/questions"
_AGAIN = {"href": "/report", "text": "Tell us that it goes on"}
_NOTHING = "Choose at least one answer, or write a few words"


@routes.get(_HERE)
async def ask(there: AtQuestions, needs: Needs) -> Response:
    return await _asked(needs, there, {}, {})


@routes.post(_HERE)
async def take(request: Request, form: Form, needs: Needs) -> Response:
    there = await visit(request, needs, LinkPurpose.QUESTIONNAIRE)
    matter, question = questions_of(there.file), questionnaire(there)
    if matter is None:
        return await _asked(needs, there, {}, {})
    said, wrong = read(question, form, datetime.now(UTC))
    if not wrong and not said:
        wrong = {question.fields[0].name: _NOTHING}
    if not wrong:
        body = _body(matter, said)
        why = await tell(needs, there, body, key_of(there.file.ref, matter, "answered"))
        wrong = {question.fields[0].name: why} if why else {}
    return await _asked(needs, there, said, wrong) if wrong else RedirectResponse(_HERE, HTTPStatus.SEE_OTHER)


def _body(matter: str, said: Answers) -> dict[str, Any]:
    words = one(said, "words")
    answers = {name: values[0] for name, values in said.items() if name != "words"}
    return {"fact": "questionnaire_answered", "matter": matter, "answers": answers} | (
        {"words": words} if words else {}
    )


async def _asked(needs: Resources, there: Opened, said: Answers, wrong: dict[str, str]) -> Response:
    """Or thanks, where it was answered; or that we no longer ask."""
    async with needs.everything.reading() as db:
        answered = await timeline.entries_of(db, there.file.ref, kinds=["questionnaire_answered"])
    if answered or questions_of(there.file) is None:
        return page(needs.settings, "private/answered.html", "Thank you", answered=bool(answered))
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
