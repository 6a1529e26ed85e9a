"""What was sent to us on a case: each file with where it stands and who had it; and taking in more."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.border import Ref, taken_in
from api.cases import Case, case
from api.evidence import index, original, shared_copy
from api.facts import recorded
from api.leaving import TAKERS
from api.lists import LISTS
from api.permission import By, How, Who, only_help
from api.problems import Problem, ProblemRaised, meant_by
from api.resources import Needs, Resources
from pages.form import Form, form_of
from pages.private.attaching import KINDS, Came, attached, takes, with_files
from pages.private.saying import NOT_TAKEN, key_of
from pages.staff.case import named
from pages.staff.happening import OTHERS
from pages.staff.recording import drafts
from pages.staff.recording.form import key_in
from pages.staff.recording.inputs import Option
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.editions import of
from policy.facts import CaseFact
from policy.facts.base import Actor
from policy.facts.evidence import EvidenceKind
from policy.permissions import Relation, also_in
from store.drafts import Draft, Place
from store.evidence_custody import Handled
from store.evidence_files import SHOWN, EvidenceLine, FileState, NotStripped

routes = APIRouter(include_in_schema=False)

STATES: Final = {
    FileState.QUARANTINED: "waits to be checked for malware",
    FileState.NOT_SCANNED: "not checked: there is no scanner here",
    FileState.CLEAN: "checked, no malware found",
    FileState.INFECTED: "malware was found: kept, and not handed out",
    FileState.ERASED: "erased",
}
HANDLED: Final = {
    Handled.ADDED: "sent by",
    Handled.SCANNED: "checked by",
    Handled.OPENED: "opened by",
    Handled.SHARED: "copy to pass on taken by",
    Handled.SET_ASIDE: "set aside by",
    Handled.DELETED: "deleted by",
    Handled.REMOVED: "removed by",
}
_NO_COPY: Final = {
    NotStripped.KIND: "What the device wrote into a file of this type cannot be taken out here.",
    NotStripped.TOO_LARGE: "This picture is too large to be worked on here.",
    NotStripped.NOT_READABLE: "This picture cannot be read here, or is several in one.",
}
_FACT: Final = "evidence_received"


@routes.get("/cases/{ref}/evidence")
async def shown(ref: Ref, who: Who, how: How, needs: Needs) -> Response:
    return await _page(needs, ref, who, how, began=await drafts.find(needs, who, _draft(ref)))


@routes.post("/cases/{ref}/evidence")
async def take(request: Request, ref: Ref, by: By, who: Who, how: How, needs: Needs) -> Response:
    """Kept as they come, then said what they are, in one fact. Sent twice they are the same files. Of what is
    begun the words are kept, and no file. 409 where somebody else had typed it.
    """
    if "multipart/" not in request.headers.get("content-type", ""):
        return await _without_files(needs, ref, who, how, await form_of(request))
    async with with_files(request, needs) as came:
        if not also_in(how, _FACT):
            raise only_help()
        if (theirs := drafts.of_somebody_else(who, came.said)) is not None:
            return await _page(needs, ref, who, how, came.said, [theirs.detail], theirs.status)
        files, wrong = await attached(needs, came, by, ref, sees=True)
    new = [one for one in files if one.matter is None]
    if new:
        wrong += await _told_of(needs, ref, by, came, new)
    if wrong or not files:
        await drafts.keep(needs, who, _draft(ref), _words_of(came.said), key_in(came.said))
        return await _page(needs, ref, who, how, came.said, wrong or ["Choose a file first"])
    await drafts.over(needs, who, key_in(came.said))
    return RedirectResponse(f"/cases/{ref}/evidence", HTTPStatus.SEE_OTHER)


@routes.get("/cases/{ref}/evidence/{id_}/file")
async def as_sent(ref: Ref, id_: UUID, by: By, who: Who, how: How, needs: Needs) -> Response:
    """As the API hands it out, or its refusal on the page."""
    try:
        return await original(ref, id_, by, needs)
    except ProblemRaised as raised:
        return await _page(needs, ref, who, how, wrong=[raised.problem.detail], status=raised.problem.status)


@routes.get("/cases/{ref}/evidence/{id_}/shared-copy")
async def to_pass_on(ref: Ref, id_: UUID, who: Who, how: How, needs: Needs, to: str = "") -> Response:
    """The form alone: nothing leaves because an address was opened."""
    return await _page(needs, ref, who, how, {"to": [to]}, copy_of=str(id_))


@routes.post("/cases/{ref}/evidence/{id_}/shared-copy")
async def passed_on(ref: Ref, id_: UUID, form: Form, by: By, who: Who, how: How, needs: Needs) -> Response:
    """As the API hands it out, or its refusal beside what was chosen. Pressed twice it is entered once."""
    to = (form.get("to") or [""])[0]
    try:
        return await shared_copy(ref, id_, {"to": to}, key_in(form), by, needs)
    except ProblemRaised as raised:
        why, status = raised.problem.detail if to else "Say whom the copy is for", raised.problem.status
        return await _page(needs, ref, who, how, form, [why], status, copy_of=str(id_))


def _draft(ref: str) -> Place:
    return Place(address=f"/cases/{ref}/evidence", fact=_FACT, about=ref, case_ref=ref)


def _words_of(form: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {name: list(said) for name, said in form.items() if name != "files"}


async def _without_files(
    needs: Resources, ref: str, who: Caller, how: Relation | None, form: dict[str, list[str]]
) -> Response:
    """What is only kept, or what came back from a sign-in that had ended."""
    wrong = drafts.of_somebody_else(who, form)
    if form.get("do", [""])[0] in drafts.DOES:
        done = await drafts.done(needs, who, _draft(ref), _words_of(form), key_in(form))
        if not isinstance(done, Problem):
            return done
        wrong = done
    if wrong is not None:
        return await _page(needs, ref, who, how, form, [wrong.detail], wrong.status)
    return await _page(needs, ref, who, how, form, ["Choose the files once more"])


async def _told_of(needs: Resources, ref: str, by: Actor, came: Came, files: Sequence[EvidenceLine]) -> list[str]:
    """Why it was not recorded; empty where it was."""
    kinds = {KINDS[one.kind] for one in files}
    body = {
        "fact": _FACT,
        "kind": (kinds.pop() if len(kinds) == 1 else EvidenceKind.OTHER).value,
        "words": (came.said.get("words") or [""])[0].strip(),
        "files": [one.id for one in files],
    }
    try:
        entry = taken_in(CaseFact, body, key_of(key_in(came.said), *sorted(one.id for one in files)), by)
        await recorded(needs, ref, entry, Response())
    except NOT_TAKEN as error:
        said = meant_by(error).problem
        why = [f"{one.why[:1].upper()}{one.why[1:]}" for one in said.wrong] or [said.detail]
        return [f"The files are kept, and nobody has said what they are. {one}" for one in why]
    return []


async def _page(
    needs: Resources,
    ref: str,
    who: Caller,
    how: Relation | None,
    typed: Mapping[str, Sequence[str]] | None = None,
    wrong: Sequence[str] = (),
    status: int | None = None,
    began: Draft | None = None,
    copy_of: str = "",
) -> Response:
    """`copy_of` is the file whose form for a copy stands open."""
    said = {**began.said, "idempotency-key": [began.key]} if began else typed or {}
    found, evidence = await case(ref, who.actor, how, needs), await index(ref, needs)
    return await staff_page(
        needs,
        who,
        "staff/evidence.html",
        f"{'Error: ' if wrong else ''}{ref}",
        HTTPStatus(status or (HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)),
        of_us=[line.by_id for one in evidence.files for line in one.custody],
        ref=ref,
        files=evidence.files,
        states=STATES,
        handled=HANDLED,
        others=OTHERS,
        no_copy=_NO_COPY,
        shown=SHOWN,
        can_be_read={one.key for one in found.standing.deadlines if "evidence_read" in one.met_by},
        may_say=any(one.fact == _FACT and one.refusal is None for one in found.actions),
        why_not=next((one.refusal for one in found.actions if one.fact == _FACT and one.refusal), None),
        takers=_takers(found),
        takes=takes(needs.settings),
        typed=said,
        words=(said.get("words") or [""])[0],
        copy_of=copy_of,
        to=(said.get("to") or [""])[0],
        wrong=wrong,
        key=key_in(said),
        began=began,
        draft=_draft(ref),
    )


def _takers(found: Case) -> list[Option]:
    edition = of(found.standing.edition)
    listed = [Option(one.key, one.name) for name in ("agencies", "partners") for one in LISTS[name](edition)]
    others = [Option(one, f"The {one}") for one in TAKERS]
    return [*others, *listed, *(Option(key, name) for key, name in named(found.people).items())]
