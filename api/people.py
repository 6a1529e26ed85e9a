"""People whom we know: kept once, corrected, moved, found. What was there before is never lost."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Response

from api.border import Body, Changes, Id, schema_of, some_of, understood
from api.permission import Who
from api.problems import person_not_found, problem
from api.resources import Needs, Resources
from policy.care import SafeWay
from policy.facts.base import Line
from policy.frozen import Frozen
from policy.permissions import Action
from policy.working_days import london_day
from store import case_people, changes, people, safe_ways, tenancies
from store.case_people import Appearance
from store.changes import Change, Told
from store.lookings import look_at_people
from store.people import Moved, Person, PersonTold
from store.sessions import Reading, Writing
from store.tenancies import Tenancy

routes = APIRouter(tags=["people"])


_PERSON: Final[dict[str, Any]] = {
    "tenant": {
        "value": {
            "name": "Rowan Example",
            "standing": "tenant",
            "phone": "01632 960001",
            "address": ["2 Invented Row", "Sevenoaks"],
            "address_since": "2019-05-06",
            "safe_contact": "Ring before six, and speak to nobody else.",
        }
    }
}
_CORRECTION: Final[dict[str, Any]] = {"phone": {"value": {"phone": "01632 960002"}}}
_MOVE: Final[dict[str, Any]] = {"moved": {"value": {"address": ["7 Invented Row"], "since": "2026-03-02"}}}
_SEARCH: Final[dict[str, Any]] = {"name": {"value": {"words": "rowan invented row"}}}


class Search(Frozen):
    words: Line


class PersonReached(Person):
    """With the ways to reach them that are safe by all that was told on any case; None where nothing was."""

    safe_way: SafeWay | None


class Found(Frozen):
    people: tuple[PersonReached, ...]


class KnownPerson(PersonReached):
    """With their tenancies and the cases that they are or were on."""

    tenancies: tuple[Tenancy, ...]
    cases: tuple[Appearance, ...]


class History(Frozen):
    changes: tuple[Change, ...]


@routes.post(
    "/people", summary="Add a person", status_code=HTTPStatus.CREATED, openapi_extra=schema_of(PersonTold, _PERSON)
)
async def add(body: Body, told: Changes, needs: Needs, response: Response) -> Person:
    """Look for them first: a person is kept once, whatever they are on whichever case."""
    person: PersonTold = understood(PersonTold, body)
    _born(person, told.at)
    async with needs.store.writing() as db:
        kept = await changes.answered(db, told)
        if kept is None:
            made = await people.add(db, told.id, person, london_day(told.at))
            kept = made.model_dump(mode="json")
            await changes.keep(db, told, made.id, "added", before=None, after=kept)
    response.headers["Location"] = f"/api/people/{told.id}"
    return Person.model_validate(kept)


@routes.post("/people/search", summary="Look for a person", openapi_extra=schema_of(Search, _SEARCH))
async def search(body: Body, who: Who, needs: Needs) -> Found:
    """By name, any address that they had, e-mail address or telephone number; all the words must be there."""
    asked: Search = understood(Search, body)
    async with needs.store.reading() as db:
        found = await reached(db, await people.called(db, asked.words))
    await look_at_people(needs.store, [one.id for one in found], who, Action.SEE_PEOPLE)
    return Found(people=found)


@routes.get("/people/{id_}", summary="A person, with their homes and their cases")
async def person(id_: Id, needs: Needs) -> KnownPerson:
    """With every tenancy and every case they are on, open or closed; 404 for nobody we know."""
    async with needs.store.reading() as db:
        known = await people.by_id(db, id_)
        if known is None:
            raise person_not_found()
        [there] = await reached(db, [known])
        return KnownPerson(
            **there.model_dump(),
            tenancies=tuple(await tenancies.of_person(db, id_)),
            cases=tuple(await case_people.appearances(db, [id_])),
        )


@routes.get("/people/{id_}/changes", summary="What was changed about a person")
async def history(id_: Id, needs: Needs) -> History:
    """The earliest first."""
    async with needs.store.reading() as db:
        if await people.by_id(db, id_) is None:
            raise person_not_found()
        return History(changes=tuple(await changes.of(db, id_)))


@routes.post(
    "/people/{id_}/corrections",
    summary="Correct what is known of a person",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(PersonTold, _CORRECTION, in_part=True),
)
async def correct(id_: Id, body: Body, told: Changes, needs: Needs) -> Person:
    """What is left out stays as it is. Another `address` corrects the one they live at; to move is `moves`."""
    corrected = some_of(body)

    async def change(db: Writing, before: Person) -> Person:
        known = before.model_dump(mode="json", include=set(PersonTold.model_fields))
        person: PersonTold = understood(PersonTold, known | corrected)
        _born(person, told.at)
        return await people.correct(db, before, person, london_day(told.at))

    return await _changed(needs, id_, told, "corrected", change)


@routes.post(
    "/people/{id_}/moves",
    summary="Record that a person moved",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(Moved, _MOVE),
)
async def move(id_: Id, body: Body, told: Changes, needs: Needs) -> Person:
    """To another address. Where they lived before is kept, with until when."""
    moved: Moved = understood(Moved, body)

    async def change(db: Writing, before: Person) -> Person:
        return await people.move(db, before, moved, london_day(told.at))

    return await _changed(needs, id_, told, "moved", change)


async def reached(db: Reading, known: Sequence[Person]) -> tuple[PersonReached, ...]:
    """In their order."""
    safe = await safe_ways.of_people(db, [one.id for one in known])
    return tuple(PersonReached(**one.model_dump(), safe_way=safe.get(one.id)) for one in known)


async def _changed(
    needs: Resources, id_: str, told: Told, what: str, change: Callable[[Writing, Person], Awaitable[Person]]
) -> Person:
    async with needs.store.writing() as db:
        if (kept := await changes.answered(db, told)) is not None:
            return Person.model_validate(kept)
        before = await people.lock(db, id_)
        if before is None:
            raise person_not_found()
        after = await change(db, before)
        was, is_ = before.model_dump(mode="json"), after.model_dump(mode="json")
        await changes.keep(db, told, id_, what, before=was, after=is_)
    return after


def _born(person: PersonTold, now: datetime) -> None:
    """Raises 422 for a date of birth that has not come yet."""
    if person.date_of_birth is not None and person.date_of_birth > london_day(now):
        raise problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "date_of_birth: must not be in the future"
        )
