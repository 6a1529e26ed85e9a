"""Who is on which case follows the timeline, and whoever was there before is recognised."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import text

from policy.facts import CaseFact
from policy.facts.parts import Leaving, Part
from policy.facts.people import Party, Person
from policy.facts.reporting import Reporter
from policy.tenure import Tenure
from store import cases, people, recording, repeats, tenancies
from store.people import PersonTold
from store.sessions import Store
from store.tenancies import InHousehold, Member, TenancyTold
from tests.given import BY_POST, EDITION, empty_file, entry, london, report
from tests.policy import happenings as h

NOW = london(2023, 7, 3)
YEAR = timedelta(days=365)


async def person(store: Store, name: str = "Rowan Example") -> str:
    id_ = str(uuid4())
    async with store.writing() as db:
        await people.add(db, id_, PersonTold(name=name), NOW.date())
    return id_


async def case(store: Store, *facts: CaseFact) -> str:
    async with store.writing() as db:
        ref = await cases.next_ref(db, facts[0].at.year)
        await cases.register(db, ref, EDITION.ref, empty_file(facts[0].at.date()).closure_days, facts[0].at)
        await recording.record(db, ref, 1, [entry(fact, h.usual_actor(fact)) for fact in facts], NOW)
    return ref


async def told(store: Store, ref: str, *facts: CaseFact) -> None:
    async with store.writing() as db:
        first = (await cases.head_of(db, ref))[0] + 1
        await recording.record(db, ref, first, [entry(fact) for fact in facts], NOW)


async def rows(store: Store) -> list[tuple[object, ...]]:
    async with store.reading() as db:
        found = await db.connection.execute(text("SELECT * FROM case_people ORDER BY case_ref, key"))
        return [tuple(row) for row in found]


async def repeat(store: Store, someone: str, besides: str = "") -> repeats.Repeat:
    async with store.reading() as db:
        found = await repeats.of_people(
            db, [someone], reported_since=NOW - YEAR, besides=besides, today=NOW.date()
        )
    return found[someone]


def as_victim(at: datetime, someone: str) -> tuple[CaseFact, ...]:
    return report(at), h.identified(at, "complainant", someone)


def as_perpetrator(at: datetime, someone: str) -> tuple[CaseFact, ...]:
    return report(at, about=Party()), h.identified(at, "perpetrator-1", someone)


async def test_who_is_on_a_case_can_be_made_anew_from_its_timeline(store: Store) -> None:
    rowan, at = await person(store), london(2023, 6, 5)
    ref = await case(store, report(at, reporter=Reporter.WITNESS, about=Party(name="Ashley Sample")))
    await told(store, ref, h.taken_on(at, "victim", Part.VICTIM, person=rowan, minor=True))
    await told(store, ref, h.taken_on(at, "other-1", Part.OTHER), h.taken_on(at, "other-2", Part.OTHER))
    await told(store, ref, h.left(at, "other-1"), h.left(at, "other-2", Leaving.BY_MISTAKE))
    before = await rows(store)
    assert [row[1] for row in before] == ["complainant", "other-1", "perpetrator-1", "victim"]
    async with store.writing() as db:
        await db.connection.execute(text("DELETE FROM case_people WHERE key <> 'victim'"))
        await recording.rebuild(db, ref)
    assert await rows(store) == before


async def test_somebody_is_counted_in_their_other_cases_of_the_year_by_their_part(store: Store) -> None:
    rowan, ashley = await person(store), await person(store, "Ashley Sample")
    first = await case(store, *as_victim(london(2022, 9, 1), rowan))
    second = await case(store, *as_victim(london(2023, 3, 1), rowan))
    third = await case(store, *as_perpetrator(london(2023, 4, 3), rowan))
    await case(store, *as_victim(london(2022, 6, 1), rowan))
    await case(store, *as_victim(london(2023, 5, 1), ashley))
    this = await case(store, *as_victim(london(2023, 6, 5), rowan))
    found = await repeat(store, rowan, besides=this)
    assert (found.earlier.as_victim, found.earlier.as_perpetrator) == (2, 1)
    assert found.cases == (third, second, first)
    assert found.since == london(2022, 9, 1)


async def test_a_witness_and_who_was_there_by_mistake_are_not_counted(store: Store) -> None:
    rowan, at = await person(store), london(2023, 3, 1)
    await case(store, report(at, reporter=Reporter.WITNESS), h.identified(at, "complainant", rowan))
    by_mistake = h.taken_on(at, "victim-1", Part.VICTIM, person=rowan), h.left(at, "victim-1", Leaving.BY_MISTAKE)
    await case(store, report(at), *by_mistake)
    assert await repeat(store, rowan) == repeats.Repeat(earlier=repeats.Earlier())
    moved = h.taken_on(at, "victim-1", Part.VICTIM, person=rowan), h.left(at, "victim-1")
    await case(store, report(at), *moved)
    assert (await repeat(store, rowan)).earlier.as_victim == 1


async def test_a_household_is_recognised_while_they_live_together(store: Store) -> None:
    rowan, ashley, robin = [
        await person(store, name) for name in ("Rowan Example", "Ashley Sample", "Robin Other")
    ]
    joint = TenancyTold(
        reference="T-1",
        address=("2 Invented Row",),
        tenure=Tenure.STARTER,
        starts=date(2022, 1, 1),
        starter_ends=date(2023, 1, 1),
        people=(
            Member(person=rowan, place=InHousehold.TENANT),
            Member(person=ashley, place=InHousehold.TENANT),
            Member(person=robin, until=date(2023, 5, 1)),
        ),
    )
    async with store.writing() as db:
        tenancy = await tenancies.add(db, str(uuid4()), joint)
    await case(store, *as_victim(london(2023, 3, 1), ashley))
    await case(store, *as_victim(london(2023, 3, 2), robin))
    earlier = (await repeat(store, rowan)).earlier
    assert (earlier.as_victim, earlier.household_as_victim) == (0, 1)
    assert (await repeat(store, robin)).earlier.household_as_victim == 1
    async with store.writing() as db:
        ended = joint.model_copy(update={"ends": date(2023, 7, 1)})
        await tenancies.correct(db, tenancy, ended)
    assert (await repeat(store, rowan)).earlier.household_as_victim == 0


async def test_an_address_is_recognised_however_it_is_written(store: Store) -> None:
    await case(store, report(london(2023, 3, 1), complainant=BY_POST))
    await case(store, report(london(2023, 3, 2), about=Party(address=("2 invented row, Sevenoaks",))))
    await case(store, report(london(2023, 3, 3), complainant=BY_POST, reporter=Reporter.WITNESS))
    await case(store, report(london(2021, 3, 1), complainant=BY_POST))
    await case(store, report(london(2023, 3, 4), complainant=Person(address=("12 Invented Row",))))
    this = await case(store, report(london(2023, 6, 5), complainant=BY_POST))
    async with store.reading() as db:
        found = await repeats.of_address(db, BY_POST.address, reported_since=NOW - YEAR, besides=this)
    assert (found.as_victim, found.as_perpetrator, found.since) == (1, 1, london(2023, 3, 1))
