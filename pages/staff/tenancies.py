"""Forms about a tenancy: that it begins, what was wrong with it and who lives there, and that it ends; and about
somebody whom we did not know yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api import people as kept_people
from api import tenancies as kept
from api.border import Id
from api.permission import Who
from api.problems import problem
from api.resources import Needs, Resources
from pages.form import Form
from pages.staff.kept import Kept, as_typed, labelled, told_by, was_in, with_what_was
from pages.staff.recording.asking import Press, asked, opened, pressed
from pages.staff.recording.inputs import Input, Kind, Option, inputs_of
from policy.caller import Caller
from policy.permissions import Action
from store import finding, people
from store.lookings import look_at_people
from store.people import Person, PersonTold
from store.tenancies import Tenancy, TenancyTold

routes = APIRouter(include_in_schema=False)

_LABELS: Final = {
    "place": "They are",
    "since": "Since, if later than it began",
    "until": "Until, if they have left",
    "starts": "It began on",
    "ends": "It ended on",
}
_ENDED: Final = (Input("ends", "It ends on", Kind.DAY, needed=True),)
_SOMEBODY: Final = Kept(
    "/people/new",
    "/find",
    "Find",
    "Somebody new",
    "Somebody whom we do not know yet",
    "person_added",
    inputs_of(PersonTold, lambda _: None),
    "Find them first in the box at the top: whoever we know is kept once, whatever they are on whichever case.",
)
_PEOPLE: Final = "people."
_LONGEST: Final = 100


@routes.get("/people/new")
async def ask_who(who: Who, needs: Needs) -> Response:
    return await opened(needs, who, _SOMEBODY, {})


@routes.post("/people/new")
async def add_person(form: Form, who: Who, needs: Needs) -> Response:
    body = _SOMEBODY.body(form)

    async def record(key: str) -> Response:
        made = await kept_people.add(body, told_by(who, key, _SOMEBODY.to, body), needs, Response())
        return RedirectResponse(f"/people/{made.id}", HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, _SOMEBODY, form, record)


@routes.get("/tenancies/new")
async def ask_begin(who: Who, needs: Needs, person: UUID | None = None) -> Response:
    """`person` is whoever is known to live there. 404 for nobody we know."""
    there = await _begun(needs, person)
    filled = {"found": [there.person], "people.0.person": [there.person]} if there.person else {}
    typed = with_what_was(filled | {"people.0.place": ["tenant"]})
    return await opened(needs, who, there, typed, partial(_with_people, needs, who, ()))


@routes.post("/tenancies/new")
async def begin(form: Form, who: Who, needs: Needs, person: UUID | None = None) -> Response:
    there = await _with_people(needs, who, (), await _begun(needs, person), form)
    body = there.body(form)

    async def record(key: str) -> Response:
        made = await kept.add(body, told_by(who, key, there.to, body), needs, Response())
        return RedirectResponse(f"/tenancies/{made.id}", HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record, find=_finds(needs, who, there, form))


@routes.get("/tenancies/{id_}/correct")
async def ask_what_is_right(id_: Id, who: Who, needs: Needs) -> Response:
    tenancy = await kept.tenancy(id_, needs)
    drawn = partial(_with_people, needs, who, _household(tenancy))
    return await opened(needs, who, _corrected(tenancy), with_what_was(_stands(tenancy)), drawn)


@routes.post("/tenancies/{id_}/correct")
async def correct(id_: Id, form: Form, who: Who, needs: Needs) -> Response:
    """Of what was changed in the form alone, as of somebody. Who lives there is one list: 409 where somebody else
    changed it meanwhile.
    """
    tenancy = await kept.tenancy(id_, needs)
    there = await _with_people(needs, who, _household(tenancy), _corrected(tenancy), form)
    body = there.changed(form)

    async def record(key: str) -> Response:
        if "people" in body:
            await _still(needs, tenancy, was_in(form), key)
        await kept.correct(id_, body, told_by(who, key, there.to, body), needs)
        return RedirectResponse(there.home, HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record, find=_finds(needs, who, there, form))


@routes.get("/tenancies/{id_}/end")
async def ask_when_it_ends(id_: Id, who: Who, needs: Needs) -> Response:
    return await opened(needs, who, _ending(await kept.tenancy(id_, needs)), {})


@routes.post("/tenancies/{id_}/end")
async def end(id_: Id, form: Form, who: Who, needs: Needs) -> Response:
    there = _ending(await kept.tenancy(id_, needs))
    body = {"ends": ""} | there.body(form)

    async def record(key: str) -> Response:
        await kept.correct(id_, body, told_by(who, key, there.to, body), needs)
        return RedirectResponse(there.home, HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record)


def _finds(needs: Resources, who: Caller, there: Kept, form: Mapping[str, list[str]]) -> Press:
    """Whom it found is kept with what is begun."""

    async def find(key: str) -> Response:
        return await asked(needs, who, there, {**form, "found": list(there.found)}, key)

    return find


async def _begun(needs: Resources, person: UUID | None) -> Kept:
    home = ("/find", "Find", "A tenancy", "A tenancy begins", "tenancy_added")
    if person is None:
        return Kept("/tenancies/new", *home, finds=True)
    known = await kept_people.person(str(person), needs)
    return Kept(f"/tenancies/new?person={known.id}", *home, person=known.id, finds=True)


def _corrected(tenancy: Tenancy) -> Kept:
    about = "What stood here before is kept, with who changed it. Whoever has left stays, with until when."
    return replace(
        _of(tenancy, "correct", "Change what we know of this tenancy", "tenancy_corrected", about), finds=True
    )


def _ending(tenancy: Tenancy) -> Kept:
    about = "The day on which nobody of this household rents it any more."
    return replace(_of(tenancy, "end", "The tenancy ends", "tenancy_ended", about), inputs=_ENDED)


def _of(tenancy: Tenancy, does: str, heading: str, fact: str, about: str) -> Kept:
    """What somebody began goes with whoever stands first in the household."""
    home = f"/tenancies/{tenancy.id}"
    first = next(iter(_household(tenancy)), None)
    return Kept(f"{home}/{does}", home, "Back to the home", "A home", heading, fact, about=about, person=first)


def _household(tenancy: Tenancy) -> tuple[str, ...]:
    return tuple(one.person for one in tenancy.people)


def _stands(tenancy: Tenancy) -> dict[str, list[str]]:
    return as_typed(tenancy.model_dump(mode="json", exclude={"id"}))


async def _still(needs: Resources, tenancy: Tenancy, was: Mapping[str, Sequence[str]], key: str) -> None:
    """Raises 409 where somebody else has changed who lives there since; not for what this form changed itself."""
    if any(one.id == key for one in (await kept.history(tenancy.id, needs)).changes):
        return
    now = {name: said for name, said in _stands(tenancy).items() if name.startswith(_PEOPLE)}
    if now != {name: list(said) for name, said in was.items() if name.startswith(_PEOPLE)}:
        detail = "Somebody else has changed who lives there meanwhile. Open the form anew, and look first."
        raise problem(HTTPStatus.CONFLICT, "changed-meanwhile", detail)


async def _with_people(
    needs: Resources, who: Caller, lives_there: Sequence[str], there: Kept, form: Mapping[str, Sequence[str]]
) -> Kept:
    """Whoever lives there, and was found for this form. Whom somebody looks for is written down as seen."""
    words = form.get("looked_for", [""])[0].strip()[:_LONGEST] if form.get("do") == ["find"] else ""
    before = [one for one in form.get("found", ()) if _is_id(one)]
    async with needs.store.reading() as db:
        new = await finding.known(db, words) if words else []
        known = await people.by_ids(db, [*lives_there, *before])
    found = {one.id: one for one in (*known.values(), *new)}
    theirs = [id_ for id_ in found if id_ not in lives_there]
    await look_at_people(needs.store, theirs, who, Action.SEE_PEOPLE)
    options = tuple(Option(one.id, _called(one)) for one in found.values())
    inputs = labelled(inputs_of(TenancyTold, lambda field: options if field == "person" else None), _LABELS)
    return replace(there, inputs=inputs, found=tuple(theirs))


def _called(one: Person) -> str:
    lines = one.addresses[0].lines if one.addresses else ()
    return ", ".join((one.name, *lines))


def _is_id(said: str) -> bool:
    try:
        return str(UUID(said)) == said
    except ValueError:
        return False
