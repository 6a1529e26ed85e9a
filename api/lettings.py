"""Lettings ask whether an applicant has a history; each question is kept and can be read. (lettings-check)"""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter

from api import paging
from api.border import Body, Key, schema_of, understood
from api.paging import Cursor, Limit
from api.permission import By
from api.problems import key_used_for_another_body
from api.resources import Needs
from policy import lettings as policy
from policy.editions import in_force_on
from policy.facts import digest
from policy.frozen import Frozen
from policy.lettings import Answer, Question
from policy.working_days import london_day
from store import lettings
from store.lettings import Check

routes = APIRouter(tags=["lettings"])

_QUESTION: Final[dict[str, Any]] = {
    "an applicant": {
        "value": {
            "reason": "exclusion_policy",
            "applicant": {"name": "Robin Invented", "address": ["7 Invented Row", "Sevenoaks"]},
            "application": "APP-1234",
        }
    }
}


class CheckPage(Frozen):
    checks: tuple[Check, ...]
    next: str | None


@routes.post(
    "/lettings-checks",
    summary="Ask about somebody before a letting",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(Question, _QUESTION),
)
async def ask(body: Body, key: Key, by: By, needs: Needs) -> Answer:
    """No lawful reason, no answer. The same key again gives the answer that was given.
    The question is kept before it is answered, and both answers take the same steps.
    """
    question: Question = understood(Question, body)
    now = datetime.now(UTC)
    edition = in_force_on(london_day(now))
    policy.check(question, edition)
    asked = digest([by.id, body])
    async with needs.everything.writing() as db:
        if (known := await lettings.answered(db, key)) is not None:
            if known[0] != asked:
                raise key_used_for_another_body()
            return known[1]
        found = policy.counting(await lettings.cases_against(db, question.applicant), now, edition)
        answer = policy.answer(found, now, edition)
        check = Check(
            id=key,
            asked_at=now,
            asked_by=by.id,
            reason=question.reason,
            application=question.application,
            name=question.applicant.name,
            addresses=question.applicant.addresses,
            history=answer.history,
            upheld=answer.upheld,
        )
        await lettings.keep(db, check, answer, asked, [case.ref for case in found])
    return answer


@routes.get("/lettings-checks", summary="What was asked before lettings")
async def log(needs: Needs, cursor: Cursor = None, limit: Limit = 50) -> CheckPage:
    """Who asked, when, about whom, why, and what was answered: the newest first."""
    async with needs.store.reading() as db:
        found = await lettings.page(db, limit, paging.after_id(cursor))
    last = found[-1] if len(found) == limit else None
    return CheckPage(checks=tuple(found), next=last and paging.cursor(last.asked_at, last.id))
