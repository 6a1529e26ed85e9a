"""Cases that a report may belong to: open or closed lately, about the same people, household or place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from policy.facts.base import Name
from policy.facts.parts import PersonId
from policy.facts.people import Party, Place
from policy.facts.people import Person as Complainant
from policy.frozen import Frozen
from policy.likeness import Alike, Sameness, alike, marks_of, score
from store import case_people, mentions, people, tenancies
from store.cases import cases
from store.mentions import MOST_LOOKED_AT
from store.sessions import Reading

MOST_SHOWN: Final = 20


class Draft(Frozen):
    """A report before it is made: any of who reports, who is complained about, where, and people known already."""

    complainant: Complainant | None = None
    about: Party | None = None
    place: Place | None = None
    category: Name | None = None
    people: tuple[PersonId, ...] = ()


class SimilarCase(Frozen):
    ref: str
    stage: str
    category: str | None
    reported_at: datetime
    closed_at: datetime | None
    why: tuple[Alike, ...]


async def to(db: Reading, draft: Draft, *, closed_since: datetime, today: date) -> list[SimilarCase]:
    """Open cases first, then what has most in common with the draft, then the newest."""
    found: defaultdict[str, set[Alike]] = defaultdict(set)
    known = await people.by_ids(db, draft.people)
    sides = _sides(draft, list(known.values()))
    marks = sorted({mark for shared in sides.values() for mark in shared})
    for mention in await mentions.sharing(db, marks, open_since=closed_since):
        for here, shared in sides.items():
            found[mention.case_ref] |= alike(shared & set(mention.marks), here, mention.part)
    alike_people = await people.marked(db, marks, MOST_LOOKED_AT)
    together = await _living_together(db, draft.people, marks, today)
    wanted = sorted({*draft.people, *alike_people, *together})
    for seen in await case_people.appearances(db, wanted, open_since=closed_since):
        person, there = seen.person_id, seen.part.value
        if person in draft.people:
            found[seen.case_ref].add(Alike(same=Sameness.PERSON, here="person", there=there))
        elif person in together:
            found[seen.case_ref].add(Alike(same=Sameness.HOUSEHOLD, here="person", there=there))
        for here, shared in sides.items():
            found[seen.case_ref] |= alike(shared & set(alike_people.get(person, ())), here, there)
    return await _shown(db, {ref: why for ref, why in found.items() if why}, draft.category)


def _sides(draft: Draft, known: Sequence[people.Person]) -> dict[str, set[str]]:
    """By which marks each side of the draft is recognised."""
    sides: dict[str, set[str]] = {}
    if (who := draft.complainant) is not None:
        sides["complainant"] = set(marks_of(who.name, who.address, who.email, who.phone))
    if draft.about is not None:
        sides["about"] = set(marks_of(draft.about.name, draft.about.address))
    if draft.place is not None:
        sides["place"] = set(marks_of(address=draft.place.address))
    if known:
        sides["person"] = {mark for person in known for mark in _marks_of(person)}
    return sides


def _marks_of(person: people.Person) -> Iterator[str]:
    yield from marks_of(person.name, person.address, person.email, person.phone)


async def _living_together(db: Reading, chosen: Sequence[str], marks: Sequence[str], today: date) -> set[str]:
    """Those who live with the people chosen, or at a home that the draft names."""
    homes = await tenancies.households(db, chosen, today)
    at_home = await tenancies.living_at(db, marks, today, MOST_LOOKED_AT) if marks else set()
    return {one for home in homes.values() for one in home} | at_home


async def _shown(db: Reading, found: Mapping[str, set[Alike]], category: str | None) -> list[SimilarCase]:
    columns = [cases.c[name] for name in SimilarCase.model_fields if name != "why"]
    query = select(*columns).where(cases.c.ref.in_(found))
    shown = [
        SimilarCase(**row._asdict(), why=tuple(sorted(found[row.ref], key=lambda one: (one.same, one.words))))
        for row in await db.connection.execute(query)
    ]
    return sorted(
        shown,
        key=lambda one: (
            one.closed_at is not None,
            -score(one.why, same_category=category is not None and one.category == category),
            -one.reported_at.timestamp(),
        ),
    )[:MOST_SHOWN]
