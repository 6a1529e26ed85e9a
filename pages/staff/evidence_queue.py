"""What was sent to us and belongs to no case yet: opened, put on its case, or set aside with a reason."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.border import is_case_ref
from api.evidence_queue import file_without_case, set_aside, unmatched
from api.paging import Cursor
from api.permission import By, Who
from api.problems import ProblemRaised
from api.resources import Needs, Resources
from pages.form import Form
from pages.private.attaching import attached, takes, with_files
from pages.staff.evidence import HANDLED, STATES
from pages.staff.happening import OTHERS
from pages.staff.recording.form import key_in
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.evidence_queue import WhyAside
from policy.permissions import Action, may
from store import cases
from store.evidence_files import SHOWN

routes = APIRouter(include_in_schema=False)

_AT_ONCE: Final = 50


@routes.get("/evidence")
async def waiting(who: Who, needs: Needs, aside: str = "", cursor: Cursor = None) -> Response:
    """The oldest first; what was set aside instead, where that is asked for."""
    return await _page(needs, who, aside=aside == "yes", cursor=cursor)


@routes.post("/evidence")
async def take(request: Request, by: By, who: Who, needs: Needs) -> Response:
    """Of which nobody knows the case. Sent twice they are the same files."""
    if "multipart/" not in request.headers.get("content-type", ""):
        return await _page(needs, who, wrong=["Choose the files once more"])
    async with with_files(request, needs) as came:
        files, wrong = await attached(needs, came, by, None, sees=True)
    if wrong or not files:
        return await _page(needs, who, wrong=wrong or ["Choose a file first"])
    return RedirectResponse("/evidence", HTTPStatus.SEE_OTHER)


@routes.get("/evidence/{id_}/file")
async def as_sent(id_: UUID, by: By, who: Who, needs: Needs) -> Response:
    """As the API hands it out, or its refusal on the page."""
    try:
        return await file_without_case(id_, by, needs)
    except ProblemRaised as raised:
        return await _page(needs, who, wrong=[raised.problem.detail], status=raised.problem.status)


@routes.post("/evidence/{id_}/case")
async def put_on_case(id_: UUID, form: Form, who: Who, needs: Needs) -> Response:
    """Leads to the case's form, which says what it is and puts it there."""
    ref = form.get("ref", [""])[0].strip().upper()
    if not is_case_ref(ref):
        why = ["Give the case's reference, such as CW-2026-000123"]
        return await _page(needs, who, wrong=why, typed=form, about=str(id_), cursor=_cursor(form))
    async with needs.store.reading() as db:
        known = await cases.is_registered(db, ref)
    if not known:
        why = [f"There is no case {ref} that you may see"]
        return await _page(needs, who, wrong=why, typed=form, about=str(id_), cursor=_cursor(form))
    return RedirectResponse(f"/cases/{ref}/record/evidence_received?files={id_}", HTTPStatus.SEE_OTHER)


@routes.post("/evidence/{id_}/set-aside")
async def put_aside(id_: UUID, form: Form, by: By, who: Who, needs: Needs) -> Response:
    """Whatever is wrong with it, what was typed stays. In the same words it is the same."""
    body = {name: said for name in ("why", "words") if (said := form.get(name, [""])[0].strip())}
    try:
        await set_aside(id_, body, key_in(form), by, needs)
    except ProblemRaised as raised:
        wrong = raised.problem
        why = [f"{one.why[:1].upper()}{one.why[1:]}" for one in wrong.wrong] or [wrong.detail]
        about, cursor = str(id_), _cursor(form)
        return await _page(needs, who, wrong=why, status=wrong.status, typed=form, about=about, cursor=cursor)
    return RedirectResponse("/evidence", HTTPStatus.SEE_OTHER)


def _cursor(form: Mapping[str, Sequence[str]]) -> str | None:
    """Of the page on which it was typed."""
    return form.get("cursor", [""])[0] or None


async def _page(
    needs: Resources,
    who: Caller,
    *,
    aside: bool = False,
    cursor: str | None = None,
    wrong: Sequence[str] = (),
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
    typed: Mapping[str, Sequence[str]] | None = None,
    about: str = "",
) -> Response:
    found = await unmatched(needs, set_aside=aside, cursor=cursor, limit=_AT_ONCE)
    return await staff_page(
        needs,
        who,
        "staff/evidence_queue.html",
        f"{'Error: ' if wrong else ''}Sent to us",
        HTTPStatus(status) if wrong else HTTPStatus.OK,
        of_us=[line.by_id for one in found.files for line in one.custody],
        files=found.files,
        next=found.next,
        cursor=cursor,
        aside=aside,
        states=STATES,
        handled=HANDLED,
        others=OTHERS,
        shown=SHOWN,
        reasons=list(WhyAside),
        may_set_aside=may(who.role, Action.SET_EVIDENCE_ASIDE),
        takes=takes(needs.settings),
        typed={name: (values or [""])[0] for name, values in (typed or {}).items()},
        about=about,
        wrong=wrong,
    )
