"""Somebody whom we know on one page: how to reach them in safety first, what they need, where they live, and the
cases that they are on, of those that whoever looks may see.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, ClassVar, Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api import people as kept
from api.border import Id
from api.permission import Who
from api.resources import Needs, Resources
from pages.form import Form
from pages.staff.recording.asking import opened, pressed
from pages.staff.recording.inputs import Input, inputs_of
from pages.staff.recording.typed import body_of
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.care import Need, SafeWay
from policy.case_file import CaseFile
from policy.editions import of
from policy.facts import digest
from policy.frozen import Frozen
from policy.legal_action.warned import WarningNow, warnings_now
from policy.permissions import Action, may
from policy.working_days import london_day
from store import cases
from store.changes import Change, Told
from store.drafts import Place
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


_CORRECTED: Final[tuple[Input, ...]] = inputs_of(PersonTold, lambda _: None)
_MOVED: Final[tuple[Input, ...]] = inputs_of(Moved, lambda _: None)
_WAS: Final = "was."
"""Before the name of a field: what stood there when the form was made."""


@dataclass(frozen=True)
class Changing:
    """A form for what is put right of somebody, or for where they moved."""

    template: ClassVar[str] = "staff/person_changed.html"
    title: ClassVar[str] = "Somebody we know"
    context: ClassVar[Mapping[str, Any]] = MappingProxyType({})

    id: str
    fact: str
    inputs: tuple[Input, ...]

    @property
    def home(self) -> str:
        return f"/people/{self.id}"

    @property
    def draft(self) -> Place:
        return Place(address=f"{self.home}/{self.fact}", fact=self.fact, person_id=self.id)


def _correcting(id_: str) -> Changing:
    return Changing(id_, "correct", _CORRECTED)


def _moving(id_: str) -> Changing:
    return Changing(id_, "move", _MOVED)


@routes.get("/people/{id_}/correct")
async def ask_what_is_right(id_: Id, who: Who, needs: Needs) -> Response:
    stands = _as_typed(await _person(needs, id_))
    typed = stands | {_WAS + name: said for name, said in stands.items()}
    return await opened(needs, who, _correcting(id_), typed)


@routes.post("/people/{id_}/correct")
async def correct(id_: Id, form: Form, who: Who, needs: Needs) -> Response:
    """Of what was changed in the form alone: what somebody else put right meanwhile stays."""
    there = _correcting(id_)
    before = {name.removeprefix(_WAS): said for name, said in form.items() if name.startswith(_WAS)}
    was, now = body_of(there.inputs, before), body_of(there.inputs, form)
    body = {name: now.get(name, _emptied(name)) for name in was | now if was.get(name) != now.get(name)}

    async def record(key: str) -> Response:
        await kept.correct(id_, body, _told(key, who, id_, body), needs)
        return RedirectResponse(there.home, HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record)


@routes.get("/people/{id_}/move")
async def ask_where_to(id_: Id, who: Who, needs: Needs) -> Response:
    await _person(needs, id_)
    return await opened(needs, who, _moving(id_), {})


@routes.post("/people/{id_}/move")
async def move(id_: Id, form: Form, who: Who, needs: Needs) -> Response:
    there = _moving(id_)
    body = body_of(there.inputs, form)

    async def record(key: str) -> Response:
        await kept.move(id_, body, _told(key, who, id_, body), needs)
        return RedirectResponse(there.home, HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record)


async def _person(needs: Resources, id_: str) -> Person:
    """Raises 404."""
    return await kept.person(id_, needs)


def _told(key: str, who: Caller, id_: str, body: Mapping[str, Any]) -> Told:
    return Told(id=key, by=who.actor, at=datetime.now(UTC), digest=digest([id_, body]))


def _emptied(name: str) -> Any:  # noqa: ANN401 - what JSON holds
    return {"address": [], "minor": False, "standing": "unknown", "name": ""}.get(name)


def _as_typed(person: Person) -> dict[str, list[str]]:
    """What a form holds of them."""
    told = person.model_dump(mode="json", include=set(PersonTold.model_fields))
    told |= {"address": "\n".join(person.address), "minor": "yes" if person.minor else ""}
    return {name: [str(value)] for name, value in told.items() if value not in (None, "")}
