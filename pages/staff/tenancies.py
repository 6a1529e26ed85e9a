"""Forms about a tenancy: that it begins, what was wrong with it and who lives there, and that it ends; and about
somebody whom we did not know yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api import people as kept_people
from api import tenancies as kept
from api.border import Id
from api.permission import Who
from api.problems import meant_by, problem
from api.resources import Needs, Resources
from pages.form import Form
from pages.staff.kept import NOT_TAKEN, Kept, as_typed, asked, labelled, told_by, was_in, with_what_was
from pages.staff.recording.form import key_in, only_grows
from pages.staff.recording.inputs import Input, Kind, Option, grown, inputs_of
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
_PERSON: Final = inputs_of(PersonTold, lambda _: None)
_PEOPLE: Final = "people."
_LONGEST: Final = 100


@routes.get("/people/new")
async def ask_who(who: Who, needs: Needs) -> Response:
    return await asked(needs, who, _somebody(), {}, key_in({}))


@routes.post("/people/new")
async def add_person(form: Form, who: Who, needs: Needs) -> Response:
    """Pressed twice it is one person."""
    there, key = _somebody(), key_in(form)
    body = there.body(form)
    try:
        made = await kept_people.add(body, told_by(who, key, there.to, body), needs, Response())
    except NOT_TAKEN as error:
        return await asked(needs, who, there, form, key, meant_by(error).problem)
    return RedirectResponse(f"/people/{made.id}", HTTPStatus.SEE_OTHER)


@routes.get("/tenancies/new")
async def ask_begin(who: Who, needs: Needs, person: UUID | None = None) -> Response:
    """`person` is whoever is known to live there."""
    found = [str(person)] if person else []
    typed = {"people.0.person": found, "people.0.place": ["tenant"]}
    return await asked(needs, who, await _begun(needs, who, {"found": found}), typed, key_in({}))


@routes.post("/tenancies/new")
async def begin(form: Form, who: Who, needs: Needs) -> Response:
    there, key = await _begun(needs, who, form), key_in(form)
    if _only_draws(form):
        return await asked(needs, who, there, form, key)
    body = there.body(form)
    try:
        made = await kept.add(body, told_by(who, key, there.to, body), needs, Response())
    except NOT_TAKEN as error:
        return await asked(needs, who, there, form, key, meant_by(error).problem)
    return RedirectResponse(f"/tenancies/{made.id}", HTTPStatus.SEE_OTHER)


@routes.get("/tenancies/{id_}/correct")
async def ask_what_is_right(id_: Id, who: Who, needs: Needs) -> Response:
    tenancy = await kept.tenancy(id_, needs)
    stands = _stands(tenancy)
    there = await _corrected(needs, who, tenancy, stands)
    return await asked(needs, who, there, with_what_was(stands), key_in({}))


@routes.post("/tenancies/{id_}/correct")
async def correct(id_: Id, form: Form, who: Who, needs: Needs) -> Response:
    """Of what was changed in the form alone, as of somebody. Who lives there is one list: 409 where somebody else
    changed it meanwhile.
    """
    tenancy = await kept.tenancy(id_, needs)
    there, key = await _corrected(needs, who, tenancy, form), key_in(form)
    if _only_draws(form):
        return await asked(needs, who, there, form, key)
    body = there.changed(form)
    try:
        if "people" in body:
            await _still(needs, tenancy, was_in(form), key)
        await kept.correct(id_, body, told_by(who, key, there.to, body), needs)
    except NOT_TAKEN as error:
        return await asked(needs, who, there, form, key, meant_by(error).problem)
    return RedirectResponse(f"/tenancies/{id_}", HTTPStatus.SEE_OTHER)


@routes.get("/tenancies/{id_}/end")
async def ask_when_it_ends(id_: Id, who: Who, needs: Needs) -> Response:
    return await asked(needs, who, _ending(await kept.tenancy(id_, needs)), {}, key_in({}))


@routes.post("/tenancies/{id_}/end")
async def end(id_: Id, form: Form, who: Who, needs: Needs) -> Response:
    there, key = _ending(await kept.tenancy(id_, needs)), key_in(form)
    body = {"ends": form.get("ends", [""])[0].strip()}
    try:
        await kept.correct(id_, body, told_by(who, key, there.to, body), needs)
    except NOT_TAKEN as error:
        return await asked(needs, who, there, form, key, meant_by(error).problem)
    return RedirectResponse(f"/tenancies/{id_}", HTTPStatus.SEE_OTHER)


def _only_draws(form: Mapping[str, Sequence[str]]) -> bool:
    return form.get("do") == ["find"] or only_grows(form)


def _somebody() -> Kept:
    about = (
        "Find them first in the box at the top: whoever we know is kept once, whatever they are on whichever case."
    )
    return Kept("/people/new", "/find", "Find", "Somebody new", "Somebody whom we do not know yet", _PERSON, about)


async def _begun(needs: Resources, who: Caller, form: Mapping[str, Sequence[str]]) -> Kept:
    there = Kept("/tenancies/new", "/find", "Find", "A tenancy", "A tenancy begins", (), finds=True)
    return await _with_people(needs, who, there, form, ())


async def _corrected(needs: Resources, who: Caller, tenancy: Tenancy, form: Mapping[str, Sequence[str]]) -> Kept:
    home = f"/tenancies/{tenancy.id}"
    about = "What stood here before is kept, with who changed it. Whoever has left stays, with until when."
    heading = "Change what we know of this tenancy"
    there = Kept(f"{home}/correct", home, "Back to the home", "A home", heading, (), about, finds=True)
    return await _with_people(needs, who, there, form, [one.person for one in tenancy.people])


def _ending(tenancy: Tenancy) -> Kept:
    home = f"/tenancies/{tenancy.id}"
    about = "The day on which nobody of this household rents it any more."
    return Kept(f"{home}/end", home, "Back to the home", "A home", "The tenancy ends", _ENDED, about)


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
    needs: Resources, who: Caller, there: Kept, form: Mapping[str, Sequence[str]], lives_there: Sequence[str]
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
    return replace(there, inputs=grown(inputs, form), found=tuple(theirs))


def _called(one: Person) -> str:
    lines = one.addresses[0].lines if one.addresses else ()
    return ", ".join((one.name, *lines))


def _is_id(said: str) -> bool:
    try:
        return str(UUID(said)) == said
    except ValueError:
        return False
