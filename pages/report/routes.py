"""The pages of a report: where to turn first, one question each, the answers read back, and the reference."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.limits import draft_limit, report_limit
from api.permission import PUBLIC
from api.problems import ProblemRaised, problem
from api.reports import received
from api.resources import Needs, Resources
from pages.form import Form
from pages.questions import Question, in_words, read, stands
from pages.rendering import page
from pages.report.asked import questions
from pages.report.coming import what_comes
from pages.report.drafts import Draft, Sent, begun, going_on, kept, went_on
from pages.report.told import body
from policy.editions import in_force_on
from policy.working_days import london_day

routes = APIRouter(include_in_schema=False)

_START: Final = "/report"
_CHECK: Final = "/report/check"
_SENT: Final = "/report/sent"


@routes.get(_START)
async def start(needs: Needs) -> Response:
    return page(needs.settings, "report/start.html", "Tell us")


@routes.post(_START)
async def begin(request: Request, needs: Needs) -> Response:
    answer = _go(_at(_asked(Draft())[0]))
    await draft_limit(request, None, needs)
    await begun(needs, request, answer)
    return answer


@routes.get(_CHECK)
async def check(request: Request, needs: Needs) -> Response:
    going = await going_on(needs, request)
    if going is None:
        return _go(_START)
    draft = going.draft
    if elsewhere := _not_yet(draft):
        return _go(elsewhere)
    asked = _asked(draft)
    return page(
        needs.settings, "report/check.html", "Check your answers", rows=_rows(asked, draft), back=_at(asked[-1])
    )


@routes.post(_CHECK)
async def send(request: Request, needs: Needs) -> Response:
    """Pressed twice it is one report, since its key is as old as the draft."""
    going = await going_on(needs, request)
    if going is None:
        raise _forgotten()
    draft = going.draft
    if elsewhere := _not_yet(draft):
        return _go(elsewhere)
    await report_limit(request, None, needs)
    report, _ = await received(needs, PUBLIC, body(_of(_asked(draft), draft)), draft.key)
    sent = await what_comes(needs, report.case_ref, draft.answers, datetime.now(UTC))
    await kept(needs, going.secret, Draft(key=draft.key, sent=sent))
    return _go(_SENT)


@routes.get(_SENT)
async def sent(request: Request, needs: Needs) -> Response:
    going = await going_on(needs, request)
    if going is None or going.draft.sent is None:
        return _go(_START)
    sent = going.draft.sent
    if sent != sent.seen():
        await kept(needs, going.secret, Draft(key=going.draft.key, sent=sent.seen()))
    known = in_force_on(london_day(datetime.now(UTC))).signposts
    helps = [one for one in known if one.key in sent.help]
    return page(needs.settings, "report/sent.html", "We have it", sent=sent, helps=helps)


@routes.get("/report/{question}")
async def ask(question: str, request: Request, needs: Needs) -> Response:
    going = await going_on(needs, request)
    if going is None or going.draft.sent is not None:
        return _go(_START if going is None else _SENT)
    return _question(needs, going.draft, _one_of(_asked(going.draft), question), {})


@routes.post("/report/{question}")
async def take(question: str, request: Request, form: Form, needs: Needs) -> Response:
    """What was typed stays, also where something is wrong with it."""
    going = await going_on(needs, request)
    if going is None:
        raise _forgotten()
    draft = going.draft
    if draft.sent is not None:
        raise _sent_before(draft.sent)
    asked = _one_of(_asked(draft), question)
    said, wrong = read(asked, form, datetime.now(UTC))
    others = {name: value for name, value in draft.answers.items() if name not in {f.name for f in asked.fields}}
    draft = draft.model_copy(update={"answers": others | dict(said)})
    if wrong:
        return _question(needs, draft, asked, wrong)
    draft = draft.model_copy(update={"done": (*(one for one in draft.done if one != asked.about), asked.about)})
    if not await went_on(needs, going, draft):
        return await take(question, request, form, needs)
    return _go(_not_yet(draft) or _CHECK)


def _asked(draft: Draft) -> list[Question]:
    return questions(in_force_on(london_day(datetime.now(UTC))), draft.answers)


def _not_yet(draft: Draft) -> str | None:
    """Where they go who cannot check their answers: the first question that is not answered, or the reference."""
    if draft.sent is not None:
        return _SENT
    done = draft.done
    return next(
        (_at(one) for one in _asked(draft) if one.about not in done or not stands(one, draft.answers)), None
    )


def _one_of(asked: Sequence[Question], about: str) -> Question:
    for one in asked:
        if one.about == about:
            return one
    raise problem(HTTPStatus.NOT_FOUND, "not-found", "There is no such question.")


def _of(asked: Sequence[Question], draft: Draft) -> dict[str, tuple[str, ...]]:
    """Without answers to what is no longer asked of them."""
    names = {field.name for question in asked for field in question.fields}
    return {name: said for name, said in draft.answers.items() if name in names}


def _rows(asked: Sequence[Question], draft: Draft) -> list[dict[str, str]]:
    """A line for each answer, and one for each question that was left empty."""
    return [row for question in asked for row in _rows_of(question, draft)]


def _rows_of(question: Question, draft: Draft) -> Iterator[dict[str, str]]:
    said = {field.name: told for field in question.fields if (told := in_words(field, draft.answers))}
    for field in [each for each in question.fields if each.name in said] or question.fields[:1]:
        yield {
            "short": field.label if said and len(question.fields) > 1 else question.short,
            "said": said.get(field.name, "You left this empty"),
            "change": f"{_at(question)}#{field.inputs[0]}",
        }


def _question(needs: Resources, draft: Draft, question: Question, wrong: dict[str, str]) -> Response:
    asked = _asked(draft)
    place = [one.about for one in asked].index(question.about)
    title = f"{'Error: ' if wrong else ''}Question {place + 1}"
    return page(
        needs.settings,
        "report/question.html",
        title,
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        question=question,
        answers=draft.answers,
        wrong=wrong,
        back=_at(asked[place - 1]) if place else _START,
    )


def _forgotten() -> ProblemRaised:
    detail = "We keep what you write for an hour at most, and it is gone. Please begin again, or ring us."
    return problem(HTTPStatus.GONE, "draft-forgotten", detail)


def _sent_before(sent: Sent) -> ProblemRaised:
    detail = (
        f"Your report went before this and has the reference {sent.ref}. Ring us with it and tell us the rest."
    )
    return problem(HTTPStatus.GONE, "sent-before", detail)


def _at(question: Question) -> str:
    return f"{_START}/{question.about}"


def _go(where: str) -> RedirectResponse:
    return RedirectResponse(where, HTTPStatus.SEE_OTHER)
