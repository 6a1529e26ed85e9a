"""Giving an officer's cases to somebody else, one or many: for good, or as cover up to a day.

Nothing is kept of it but the fact on each case, under an id made from the form's key, its reference and to whom it
goes until when: going on after a crash, or pressing twice, gives each case once, and what came of it can be read
again. Who goes back to the form and names somebody else asks for something else. Of a case that is not open to a
leader they hear what they hear of one that there is not.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final, TypeVar
from urllib.parse import urlencode
from uuid import UUID, uuid5

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.border import is_case_ref, taken_in
from api.both import may_be_given
from api.facts import recorded
from api.permission import Who, also_on
from api.problems import meant_by, problem
from api.resources import Needs, Resources
from pages.form import Form
from pages.private.saying import NOT_TAKEN
from pages.staff.names import names_of
from pages.staff.recording.form import key_in
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.case import CASE
from policy.facts import CaseFact, Entry
from policy.preview import preview
from policy.working_days import london_day
from runtime.tokens import TokenRefused, issue_asked, read_asked
from store import cases, handing_over

R = TypeVar("R")

routes = APIRouter(include_in_schema=False)

MOST: Final = 90
"""Cases that a form has room for, whose fields are a hundred at most. Those behind them are on the next one."""
AT_ONCE: Final = 20
"""Cases that one press or step gives, so that no answer takes long."""
_SIDE_BY_SIDE: Final = 5
_MAYBE_LATER: Final = "It has not been given yet. Give it again in a moment."
_NOT_OPEN: Final = "It is not open to you."
TOLD_FOR: Final = timedelta(days=31)
"""So long an address tells what came of it."""


@dataclass(frozen=True)
class Asked:
    """`officer` is whose they are, None for nobody's; with `until` they are covered for up to that day."""

    key: str
    officer: str | None
    to: str
    until: str
    reasons: str
    refs: tuple[str, ...]

    @property
    def body(self) -> dict[str, Any]:
        said: dict[str, Any] = {"officer": self.to} | ({"reasons": self.reasons} if self.reasons else {})
        return (
            {"fact": "cover_arranged", "until": self.until} | said
            if self.until
            else {"fact": "case_allocated"} | said
        )

    @property
    def last_day(self) -> date | None:
        """Of a cover; None also where what was typed is no day."""
        with suppress(ValueError):
            return date.fromisoformat(self.until)
        return None

    @property
    def told(self) -> dict[str, str]:
        """As an address says it, signed."""
        refs = " ".join(self.refs)
        return {"key": self.key, "officer": self.officer or "", "to": self.to, "until": self.until, "refs": refs}

    def id_of(self, ref: str) -> str:
        return str(uuid5(UUID(self.key), f"{ref} {self.to} {self.until}"))

    def entry(self, ref: str, who: Caller) -> Entry:
        """Raises the problem that it has."""
        return taken_in(CaseFact, self.body, self.id_of(ref), who.actor)


@routes.get("/hand-over")
async def ask(who: Who, needs: Needs, officer: str | None = None) -> Response:
    """Of the officer's cases, or without one of those that nobody has."""
    return await _form(needs, who, officer or None, {}, key_in({}))


@routes.post("/hand-over")
async def give(form: Form, who: Who, needs: Needs) -> Response:
    """So many of them, and then what came of it, or the way to go on. What cannot be given stays where it is."""
    asked = _asked(form)
    if wrong := await _wrong(needs, who, asked):
        return await _form(needs, who, asked.officer, form, asked.key, wrong)
    begin = _number(form)
    answers = await _given(needs, who, asked, asked.refs[begin : begin + AT_ONCE])
    done = min(begin + AT_ONCE, len(asked.refs)) if answers else begin
    if done < len(asked.refs):
        step = "staff/handing_over.html"
        return await staff_page(needs, who, step, "Handing over", asked=asked, done=done, answers=answers)
    sent = issue_asked(needs.settings, who.id, asked.told, datetime.now(UTC) + TOLD_FOR)
    return RedirectResponse(f"/handed-over?{urlencode({'sent': sent})}", HTTPStatus.SEE_OTHER)


@routes.get("/handed-over")
async def outcome(who: Who, needs: Needs, sent: str = "") -> Response:
    """Read from the cases each time: which were given, and for each of the others why it cannot be now. To whoever
    gave them, of what they gave. Raises 404.
    """
    asked = _sent(needs, who, sent)
    async with needs.store.reading() as db:
        given = await handing_over.recorded_under(db, {ref: asked.id_of(ref) for ref in asked.refs})
    others = [ref for ref in asked.refs if ref not in given]
    reasons = await _side_by_side(others, lambda ref: _why_not(needs, who, asked, ref))
    return await staff_page(
        needs,
        who,
        "staff/handed_over.html",
        "Handed over",
        of_us=[asked.to],
        asked=asked,
        until=asked.last_day,
        given=[ref for ref in asked.refs if ref in given],
        not_given=list(zip(others, reasons, strict=True)),
    )


def _asked(form: Mapping[str, Sequence[str]]) -> Asked:
    def said(name: str) -> str:
        return form.get(name, [""])[0].strip()

    ticked = form.get("case", [])
    meant = {"some": ticked, "all": [] if ticked else said("refs").split()}.get(said("which"), [])
    return Asked(key_in(form), said("officer") or None, said("to"), said("until"), said("reasons"), _refs(meant))


def _sent(needs: Resources, who: Caller, sent: str) -> Asked:
    try:
        told = read_asked(needs.settings, sent, who.id)
    except TokenRefused:
        detail = "There is no such page. Whoever gives cases to somebody comes to one, which stays for a month."
        raise problem(HTTPStatus.NOT_FOUND, "not-found", detail) from None
    refs = _refs(told["refs"].split())
    return Asked(told["key"], told["officer"] or None, told["to"], told["until"], "", refs)


def _refs(said: Sequence[str]) -> tuple[str, ...]:
    """Each once."""
    return tuple(dict.fromkeys(ref for ref in said if is_case_ref(ref)))[:MOST]


def _number(form: Mapping[str, Sequence[str]]) -> int:
    text = form.get("done", ["0"])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) else 0


async def _wrong(needs: Resources, who: Caller, asked: Asked) -> dict[str, str]:
    """By field. Nothing is given while anything is wrong."""
    wrong: dict[str, str] = {}
    async with needs.store.reading() as db:
        known = {one.id for one in await handing_over.colleagues(db, needs.settings.groups)}
    if asked.to not in known or asked.to == asked.officer:
        wrong["to"] = "Choose who gets them"
    if not asked.reasons:
        wrong["reasons"] = "Say why, as it will stand on each case"
    if not asked.refs:
        wrong["which"] = "Choose all of them, or tick those that you mean"
    if asked.until and (asked.last_day is None or asked.last_day < london_day(datetime.now(UTC))):
        wrong["until"] = "Give the last day of the cover, which must not be over"
    if wrong:
        return wrong
    try:
        asked.entry(asked.refs[0], who)
    except NOT_TAKEN as error:
        problem = meant_by(error).problem
        return {one.field.rpartition(".")[2]: one.why for one in problem.wrong} or {"to": problem.detail}
    return {}


async def _side_by_side(refs: Sequence[str], do: Callable[[str], Awaitable[R]]) -> list[R]:
    """A few at a time; in their order."""
    few = asyncio.Semaphore(_SIDE_BY_SIDE)

    async def one(ref: str) -> R:
        async with few:
            return await do(ref)

    return await asyncio.gather(*(one(ref) for ref in refs))


async def _given(needs: Resources, who: Caller, asked: Asked, refs: Sequence[str]) -> bool:
    """One that is refused does not keep the others; False where nothing answers, which keeps those behind it."""
    async with needs.store.reading() as db:
        before = await handing_over.recorded_under(db, {ref: asked.id_of(ref) for ref in refs})
        whose = await handing_over.officers_of(db, refs)

    answers = True

    async def give_it(ref: str) -> None:
        nonlocal answers
        if answers:
            try:
                await also_on(needs, who, ref)
                await recorded(needs, ref, asked.entry(ref, who), Response())
            except NOT_TAKEN as error:
                answers = answers and meant_by(error).problem.status < HTTPStatus.INTERNAL_SERVER_ERROR

    theirs = [ref for ref in refs if ref not in before and ref in whose and whose[ref] == asked.officer]
    await _side_by_side(theirs, give_it)
    return answers


async def _why_not(needs: Resources, who: Caller, asked: Asked, ref: str) -> str:
    """What recording it would be refused with now. Nothing more is asked about one that is not open to them."""
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
    if file is None:
        return _NOT_OPEN
    try:
        await also_on(needs, who, ref)
        entry = asked.entry(ref, who)
        preview(CASE, file, entry)
        await may_be_given(needs.everything, ref, entry, needs.settings.groups)
    except NOT_TAKEN as error:
        return meant_by(error).problem.detail
    if file.officer != asked.officer:
        staff = await names_of(needs, [file.officer])
        return f"It is {staff(file.officer)}'s meanwhile." if file.officer else "No officer has it now."
    return _MAYBE_LATER


async def _form(
    needs: Resources,
    who: Caller,
    officer: str | None,
    typed: Mapping[str, Sequence[str]],
    key: str,
    wrong: Mapping[str, str] | None = None,
) -> Response:
    async with needs.store.reading() as db:
        theirs = await handing_over.open_of(db, officer, MOST)
        others = [one for one in await handing_over.colleagues(db, needs.settings.groups) if one.id != officer]
    return await staff_page(
        needs,
        who,
        "staff/hand_over.html",
        f"{'Error: ' if wrong else ''}Hand over",
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        of_us=[officer],
        officer=officer,
        cases=theirs,
        others=others,
        typed=typed,
        wrong=wrong or {},
        key=key,
        most=MOST if len(theirs) == MOST else None,
        now=datetime.now(UTC),
    )
