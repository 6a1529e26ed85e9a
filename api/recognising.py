"""Recognising people: what we know of somebody's other cases, when they are put on one and when it is read."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from api.problems import people_not_known
from api.resources import Resources
from policy.care import SafeWay
from policy.case_file import CaseFile
from policy.company import COMPLAINANT, VICTIMS, OnCase
from policy.editions import of
from policy.facts import Entry
from policy.facts.parts import PersonIdentified, PersonJoined
from policy.facts.people import Person as Complainant
from policy.working_days import london_day
from store import case_people, cases, mentions, people, repeats, safe_ways
from store.people import Person
from store.repeats import Repeat, RepeatAddress
from store.sessions import Reading


class OnThisCase(OnCase):
    """Somebody on the case: `name` as we know them, else as the report called them. `other_cases` as of now, where
    `repeat` is what was known when they were put on it. `safe_way` is what all their cases allow together, also
    those that the caller may not see; of somebody whom we do not know, what this one does.
    """

    key: str
    name: str | None = None
    other_cases: Repeat | None = None
    safe_way: SafeWay | None = None


async def recognised(needs: Resources, ref: str, entry: Entry) -> Entry:
    """With the other cases of whoever is put on this one, but those with which the caller is connected: what is
    said of them there is not told to them here. Raises a problem where there is no such person.
    """
    fact = entry.fact
    if not isinstance(fact, PersonJoined | PersonIdentified) or fact.person is None:
        return entry
    async with needs.everything.reading() as db:
        file = await cases.file_of(db, ref)
        if file is None:
            return entry
        await all_known(db, [fact.person])
    async with needs.but_their_own.reading() as seen:
        known = await _repeats(seen, file, [fact.person], entry.recorded_at)
    counted = fact.model_copy(update={"earlier": known[fact.person].earlier})
    return entry.model_copy(update={"fact": counted})


async def all_known(db: Reading, ids: Sequence[str]) -> None:
    """Raises a problem that names those who are not."""
    known = await people.by_ids(db, ids)
    if missing := [id_ for id_ in ids if id_ not in known]:
        raise people_not_known(missing)


async def on_case(db: Reading, file: CaseFile, now: datetime) -> tuple[OnThisCase, ...]:
    ids = sorted({one.person for one in file.people.values() if one.person is not None})
    known = await people.by_ids(db, ids)
    others = await _repeats(db, file, ids, now)
    safe = await safe_ways.of_people(db, ids)
    return tuple(
        [
            OnThisCase(
                **one.model_dump(),
                key=key,
                name=await _name(db, file, key, known),
                other_cases=others.get(one.person) if one.person is not None else None,
                safe_way=safe.get(one.person or "") or file.safe_ways.get(key),
            )
            for key, one in file.people.items()
        ]
    )


async def _name(db: Reading, file: CaseFile, key: str, known: Mapping[str, Person]) -> str | None:
    if (person := file.people[key].person) is not None:
        return known[person].name if person in known else None
    told = await mentions.called(db, file.ref, key)
    return told.name if told is not None else None


async def at_address(
    db: Reading, file: CaseFile, complainant: Complainant | None, now: datetime
) -> RepeatAddress | None:
    """Other cases of the address that the complainant gave, whoever lived there."""
    if complainant is None or not complainant.address:
        return None
    since = _since(file, now)
    return await repeats.of_address(db, complainant.address, reported_since=since, besides=file.ref)


async def suffered_on(db: Reading, file: CaseFile, now: datetime) -> list[str]:
    """Other cases on which whoever complains here is a victim too, as far as we know who they are. Another
    victim's are not theirs to hear of.
    """
    one = file.people.get(COMPLAINANT)
    if one is None or one.person is None or one.part not in VICTIMS:
        return []
    seen = await case_people.appearances(db, [one.person], reported_since=_since(file, now), besides=file.ref)
    return list(dict.fromkeys(one.case_ref for one in seen if one.part in VICTIMS))


async def _repeats(db: Reading, file: CaseFile, ids: Sequence[str], now: datetime) -> dict[str, Repeat]:
    since = _since(file, now)
    return await repeats.of_people(db, ids, reported_since=since, besides=file.ref, today=london_day(now))


def _since(file: CaseFile, now: datetime) -> datetime:
    return now - timedelta(days=of(file.edition).repeat.within_days)
