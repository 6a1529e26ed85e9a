"""Somebody whom we know on one page: how to reach them in safety first, what they need, where they live, and the
cases that they are on, of those that whoever looks may see.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api import people as kept
from api.border import Id
from api.permission import Who
from api.resources import Needs
from pages.form import Form
from pages.staff.kept import Kept, as_typed, told_by, with_what_was
from pages.staff.recording.asking import opened, pressed
from pages.staff.recording.inputs import Input, inputs_of
from pages.staff.rendering import staff_page
from policy.care import Need, SafeWay
from policy.case_file import CaseFile
from policy.editions import of
from policy.frozen import Frozen
from policy.legal_action.warned import WarningNow, warnings_now
from policy.permissions import Action, may
from policy.working_days import london_day
from store import cases
from store.changes import Change
from store.lookings import found_cases
from store.people import Moved, Person, PersonTold

routes = APIRouter(include_in_schema=False)

_MOST_CASES: Final = 20
"""Of which needs and warnings are read; all are listed."""


class KnownThere(Frozen):
    """What one case knows of somebody."""

    ref: str
    abused: bool
    safe_way: SafeWay | None
    needs: tuple[Need, ...]
    risk: str | None
    """The band of the last assessment."""
    warnings: tuple[tuple[str, WarningNow], ...]
    """By what each is called."""


@routes.get("/people/{id_}")
async def shown(id_: Id, who: Who, needs: Needs) -> Response:
    """404 for nobody we know. Looking is written down, at the door and for the cases that are read."""
    person = await kept.person(id_, needs)
    changes = (await kept.history(id_, needs)).changes
    async with needs.store.reading() as db:
        on = [(one.case_ref, one.key) for one in person.cases[:_MOST_CASES]]
        files = [(key, file) for ref, key in on if (file := await cases.file_of(db, ref)) is not None]
    await found_cases(needs.store, [file.ref for _, file in files], who, Action.LIST_CASES)
    return await staff_page(
        needs,
        who,
        "staff/person.html",
        "Somebody we know",
        of_us=[one.by_id for one in changes],
        person=person,
        minor=person.is_minor(london_day(datetime.now(UTC))),
        known=[_known(file, key) for key, file in files],
        called_before=tuple(_called_before(changes, person.name)),
        changes=changes[::-1],
        keeps=may(who.role, Action.KEEP_PEOPLE),
        sees_record=may(who.role, Action.SEE_PERSON_RECORD),
        sees_looking=may(who.role, Action.SEE_LOOKING),
    )


def _known(file: CaseFile, key: str) -> KnownThere:
    risk, edition = file.risks.get(key), of(file.edition)
    warned = (one for one in warnings_now(file, edition) if one.person == key and one.served_on is not None)
    return KnownThere(
        ref=file.ref,
        abused=key in file.domestic_abuse,
        safe_way=file.safe_ways.get(key),
        needs=tuple(one for one in file.needs.values() if one.person == key),
        risk=risk.band if risk else None,
        warnings=tuple((edition.legal.called(one.step), one) for one in warned),
    )


def _called_before(changes: Sequence[Change], name: str) -> Iterator[str]:
    """The newest first, each once."""
    seen = {name}
    for one in reversed(changes):
        before = (one.before or {}).get("name")
        if before is not None and before not in seen:
            seen.add(before)
            yield before


_CORRECTED: Final = inputs_of(PersonTold, lambda _: None)
_MOVED: Final = inputs_of(Moved, lambda _: None)


@routes.get("/people/{id_}/correct")
async def ask_what_is_right(id_: Id, who: Who, needs: Needs) -> Response:
    return await opened(needs, who, _correcting(id_), with_what_was(_stands(await kept.person(id_, needs))))


@routes.post("/people/{id_}/correct")
async def correct(id_: Id, form: Form, who: Who, needs: Needs) -> Response:
    """Of what was changed in the form alone: what somebody else put right meanwhile stays."""
    there = _correcting(id_)
    body = there.changed(form)

    async def record(key: str) -> Response:
        await kept.correct(id_, body, told_by(who, key, there.to, body), needs)
        return RedirectResponse(there.home, HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record)


@routes.get("/people/{id_}/move")
async def ask_where_to(id_: Id, who: Who, needs: Needs) -> Response:
    """404 for nobody we know."""
    await kept.person(id_, needs)
    return await opened(needs, who, _moving(id_), {})


@routes.post("/people/{id_}/move")
async def move(id_: Id, form: Form, who: Who, needs: Needs) -> Response:
    there = _moving(id_)
    body = there.body(form)

    async def record(key: str) -> Response:
        await kept.move(id_, body, told_by(who, key, there.to, body), needs)
        return RedirectResponse(there.home, HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record)


def _correcting(id_: str) -> Kept:
    about = (
        "What stood here before is kept, with who changed it. If they have moved, say that instead: this is for"
        " what was wrong."
    )
    return _about(id_, "correct", "Put right what we know of them", "person_corrected", _CORRECTED, about)


def _moving(id_: str) -> Kept:
    about = "Where they lived before is kept, with until when."
    return _about(id_, "move", "They have moved", "person_moved", _MOVED, about)


def _about(id_: str, does: str, heading: str, fact: str, inputs: tuple[Input, ...], about: str) -> Kept:
    home = f"/people/{id_}"
    return Kept(
        f"{home}/{does}", home, "Back to them", "Somebody we know", heading, fact, inputs, about, person=id_
    )


def _stands(person: Person) -> dict[str, list[str]]:
    return as_typed(person.model_dump(mode="json", include=set(PersonTold.model_fields)))
